// A simulated drone in real time on a UDP socket of its own, that a test may make deaf or silent.
import { createVehicleSession, type VehicleSession } from "../../firmware-sim/autopilot/session.ts";
import { openUdpLink } from "../../firmware-sim/channel/udp-link.ts";
import type { Home } from "../../firmware-sim/vehicle/home.ts";
import { createClock } from "../../server/clock.ts";

const stepMs = 20;
const clock = createClock();

export interface LiveDrone {
  readonly session: VehicleSession;
  /** Nothing that is sent to it reaches it. */
  isDeaf: boolean;
  /** Obeys its own pilot: boots, arms and climbs to so many metres above home. */
  takeOff(heightAboveHomeM: number): void;
  /** Sends a frame of another component of its own over its link. */
  send(frame: Uint8Array): void;
  close(): Promise<void>;
}

export function flyLiveDrone(
  sysid: number,
  home: Home,
  server: { readonly host: string; readonly port: number },
): LiveDrone {
  const session = createVehicleSession(sysid, home);
  const link = openUdpLink(server.host, server.port, (bytes) => {
    if (drone.isDeaf) return;
    for (const frame of session.receive(bytes)) link.send(frame);
  });
  let lastMs = clock.nowMs();
  const timer = setInterval(() => {
    const nowMs = clock.nowMs();
    for (const frame of session.step(nowMs - lastMs)) link.send(frame);
    lastMs = nowMs;
  }, stepMs);
  const drone: LiveDrone = {
    session,
    isDeaf: false,
    takeOff(heightAboveHomeM) {
      const orders = [
        { kind: "mode", mode: "GUIDED" },
        { kind: "arm" },
        { kind: "takeOff", heightAboveHomeM },
      ] as const;
      for (const order of orders) for (const frame of session.order(order)) link.send(frame);
    },
    send: (frame) => link.send(frame),
    async close() {
      clearInterval(timer);
      await link.close();
    },
  };
  return drone;
}
