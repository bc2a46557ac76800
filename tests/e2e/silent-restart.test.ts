// A drone in the air falls silent, and then ingest is killed: what is told of the drone stays as
// old as it is, from the kill to the alarm after the restart.
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { alarmSchema } from "../../contract/wire/alarm.ts";
import { vehicleStatusSchema } from "../../contract/wire/live-status.ts";
import { list } from "../support/book-flight.ts";
import { flyLiveDrone } from "../support/live-drone.ts";
import {
  startServer,
  until,
  type ServerClient,
  type StartedServer,
} from "../support/start-server.ts";

const sysid = 77;
const overWater = { latDeg: 22.2595, lngDeg: 114.1285, altitudeAmslM: 3 };
const vehicleSchema = vehicleStatusSchema.loose();

let server: StartedServer;
let controller: ServerClient;
beforeAll(async () => {
  server = await startServer();
  controller = await server.signIn("controller@demo.invalid");
});
afterAll(() => server.stop());

const theDrone = async () =>
  (await list(controller, "/vehicles/live", "vehicles", vehicleSchema)).find(
    (one) => one.sysid === sysid,
  );

const linkAlarms = async () =>
  (await list(controller, "/alarms", "alarms", alarmSchema)).filter(
    ({ condition }) => condition.kind === "linkLost" && condition.sysid === sysid,
  );

test("a restart makes no silent drone heard, and none lost before we have listened", async () => {
  const drone = flyLiveDrone(sysid, overWater, server.udp);
  await until("its position is known", () => drone.session.autopilot().sinceBootMs > 3_200);
  drone.takeOff(10);
  await until("the drone flies and tells its battery", async () => {
    const now = await theDrone();
    return now?.armed === true && now.batteryPercent !== null && now["position"] !== null;
  });
  await drone.close();
  // What was heard is in the record within a second.
  await wait(2_000);
  const before = await theDrone();
  if (before === undefined) throw new Error("The drone is listed while it is silent.");

  const killed = server.pids().ingest;
  process.kill(killed, "SIGKILL");
  await until("no link is told as live", async () => (await theDrone())?.link === "stale");
  const told: string[] = [];
  await until("another ingest tells of the drone", async () => {
    const now = await theDrone();
    if (now !== undefined) told.push(`${now.link} ${String(now.lastHeartbeatAtMs)}`);
    return server.pids().ingest !== killed && now?.["position"] !== null && now !== undefined;
  });
  expect(told.filter((one) => one.startsWith("live"))).toEqual([]);
  const after = await theDrone();
  expect(after).toMatchObject({
    sessionId: before.sessionId,
    lastHeartbeatAtMs: before.lastHeartbeatAtMs,
    modeName: before.modeName,
    batteryPercent: before.batteryPercent,
    armed: true,
  });
  expect(after?.link).not.toBe("live");
  expect(await linkAlarms()).toEqual([]);
  await until("the loss is told", async () => (await linkAlarms()).length === 1);
  expect(await theDrone()).toMatchObject({
    link: "lost",
    lastHeartbeatAtMs: before.lastHeartbeatAtMs,
  });
}, 60_000);
