// npm run sim -- --target HOST:PORT [--vehicles N] [--scenario patrol]
// Simulated drones that send MAVLink over UDP to a server until stopped.
import { parseArgs } from "node:util";
import { createVehicleSession } from "../autopilot/session.ts";
import { openUdpLink } from "../channel/udp-link.ts";
import { createPatrolPilot, patrolDrones, type PatrolDrone } from "../scenarios/patrol.ts";

const stepMs = 20;
const vehiclesMax = patrolDrones.length;

interface Settings {
  readonly host: string;
  readonly port: number;
  readonly vehicles: number;
}

function readSettings(): Settings | string {
  const { values } = parseArgs({
    options: {
      target: { type: "string", default: "127.0.0.1:14550" },
      vehicles: { type: "string", default: String(vehiclesMax) },
      scenario: { type: "string", default: "patrol" },
    },
  });
  const target = /^(.+):(\d{1,5})$/.exec(values.target);
  const port = Number(target?.[2]);
  if (!target?.[1] || port < 1 || port > 65_535) {
    return `--target: expected HOST:PORT, found "${values.target}".`;
  }
  const vehicles = Number(values.vehicles);
  if (!Number.isInteger(vehicles) || vehicles < 1 || vehicles > vehiclesMax) {
    return `--vehicles: expected 1 to ${String(vehiclesMax)}, found "${values.vehicles}".`;
  }
  if (values.scenario !== "patrol") {
    return `--scenario: expected "patrol", found "${values.scenario}".`;
  }
  return { host: target[1], port, vehicles };
}

function fly(drone: PatrolDrone, { host, port }: Settings): () => Promise<void> {
  const session = createVehicleSession(drone.sysid, drone.home);
  const link = openUdpLink(host, port, (bytes) => {
    for (const frame of session.receive(bytes)) link.send(frame);
  });
  const pilot = createPatrolPilot(drone);
  let lastMs = performance.now();
  const timer = setInterval(() => {
    const nowMs = performance.now();
    // A machine that slept does not make the drone leap.
    const elapsedMs = Math.min(nowMs - lastMs, 250);
    lastMs = nowMs;
    for (const order of pilot(session.autopilot(), Date.now())) {
      for (const frame of session.order(order)) link.send(frame);
    }
    for (const frame of session.step(elapsedMs)) link.send(frame);
  }, stepMs);
  return async () => {
    clearInterval(timer);
    await link.close();
  };
}

function main(): void {
  const settings = readSettings();
  if (typeof settings === "string") {
    console.error(settings);
    process.exitCode = 1;
    return;
  }
  const stops = patrolDrones.slice(0, settings.vehicles).map((drone) => fly(drone, settings));
  const sysids = patrolDrones.slice(0, settings.vehicles).map((drone) => drone.sysid);
  console.log(
    `Simulated drones ${sysids.join(", ")} send to ${settings.host}:${String(settings.port)}.`,
  );
  const stop = (): void => {
    void Promise.all(stops.map((end) => end()));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

main();
