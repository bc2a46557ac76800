// Which drones' fences are read unasked, when and how often: with drones that answer as an
// ArduCopter, through the telemetry flow.
import { expect, test } from "vitest";
import type { VehicleStatus } from "../../../../contract/wire/live-status.ts";
import { FenceReading, readEveryMs } from "../../../../server/ingest/fence-reading.ts";
import { decodeFields } from "../../../../server/mavlink/decode.ts";
import { scanDatagram } from "../../../../server/mavlink/frame-scanner.ts";
import { OrderRun } from "../../../support/order-run.ts";
import { plannedBooking, watchPlan } from "../../../support/watch-plan.ts";

const startMs = 1_760_000_000_000;
const requestListId = 43; // MISSION_REQUEST_LIST
const booking = plannedBooking(startMs, [1, 2]);

/** The run with fences read unasked at each tick. */
function reading(run: OrderRun): (forMs: number) => void {
  const fences = new FenceReading({
    sessions: () => run.flow.sessions(),
    plan: () => run.flow.plan,
    missions: run.desks.missions,
  });
  return (forMs) => {
    for (const endMs = run.nowMs + forMs; run.nowMs < endMs;) {
      run.run(250);
      fences.tick(run.nowMs);
    }
  };
}

function fenceOf(run: OrderRun, port: number): VehicleStatus["fence"] | undefined {
  const session = [...run.flow.sessions()].find(({ link }) => link?.address.port === port);
  return session && run.desks.missions.fenceOf(session, run.nowMs);
}

/** Lists asked for, by port. */
function asksOf(run: OrderRun, port: number): number {
  let asks = 0;
  for (const { port: to, bytes } of run.sent) {
    if (to !== port) continue;
    scanDatagram(bytes, (frame) => {
      if (frame.messageId !== requestListId) return;
      expect(decodeFields(frame)["mission_type"]).toBe(1);
      asks += 1;
    });
  }
  return asks;
}

test("a fence is read once when its drone is heard with a booking, and once when it arms", () => {
  const run = new OrderRun(watchPlan([booking]), startMs);
  const { drone } = run.add(5000, 1);
  const pass = reading(run);
  pass(60_000);
  expect(fenceOf(run, 5000)).toMatchObject({ state: "none", why: null });
  expect(asksOf(run, 5000)).toBe(1);
  drone.order({ kind: "mode", mode: "GUIDED" });
  drone.order({ kind: "arm" });
  drone.order({ kind: "takeOff", heightAboveHomeM: 20 });
  pass(60_000);
  expect(asksOf(run, 5000)).toBe(2);
  // Nobody ordered it: it is told by what was found alone.
  expect(run.lastTransfer()).toBeUndefined();
});

test("a drone without a booking is not asked; its fence is told as not read", () => {
  const run = new OrderRun(watchPlan([]), startMs);
  run.add(5000, 1);
  reading(run)(30_000);
  expect(run.sent).toEqual([]);
  expect(fenceOf(run, 5000)).toEqual({ state: "unknown", readAtMs: null, why: "notRead" });
});

test("a drone that does not answer is asked for its fence twice, and then it is not given", () => {
  const run = new OrderRun(watchPlan([booking]), startMs);
  run.add(5000, 1).isDeaf = true;
  const pass = reading(run);
  pass(180_000);
  expect(asksOf(run, 5000)).toBe(20);
  expect(fenceOf(run, 5000)).toMatchObject({ state: "unknown", why: "notGiven" });
});

test("drones are asked one after the other, none while another transfer runs", () => {
  const run = new OrderRun(watchPlan([booking]), startMs);
  run.add(5000, 1);
  run.add(5001, 2);
  run.run(3_000);
  const task = { kind: "download", missionType: "mission" } as const;
  run.heard(5001).isDeaf = true;
  expect(run.transfer(run.sessionId(5001), task).kind).toBe("begun");
  const before = run.sent.length;
  const pass = reading(run);
  pass(5_000);
  const others = run.sent.slice(before).filter(({ port }) => port === 5000);
  expect(others).toEqual([]);
  run.desks.missions.cancel(run.lastTransfer()?.id ?? "", run.nowMs);
  run.heard(5001).isDeaf = false;
  pass(2 * readEveryMs + 3_000);
  expect([fenceOf(run, 5000)?.state, fenceOf(run, 5001)?.state]).toEqual(["none", "none"]);
});

test("what a person orders goes before a reading that nobody asked for", () => {
  const run = new OrderRun(watchPlan([booking]), startMs);
  run.add(5000, 1);
  run.run(3_000);
  const id = run.sessionId(5000);
  expect(run.desks.missions.readFence(id, run.nowMs)).toBe(true);
  expect(run.desks.missions.readFence(id, run.nowMs)).toBe(false);
  expect(run.transfer(id, { kind: "uploadBookingFence" }).kind).toBe("begun");
  run.run(3_000);
  expect(run.lastTransfer()).toMatchObject({ kind: "upload", outcome: { kind: "stored" } });
  expect(fenceOf(run, 5000)).toMatchObject({ state: "matching", why: null });
});

test("a fence against a booking of several volumes is unknown, and says why", () => {
  const [volume] = booking.volumes;
  if (volume === undefined) throw new Error("no volume");
  const run = new OrderRun(watchPlan([booking]), startMs);
  run.add(5000, 1);
  run.run(3_000);
  run.transfer(run.sessionId(5000), { kind: "uploadBookingFence" });
  run.run(3_000);
  run.flow.setPlan(watchPlan([{ ...booking, volumes: [volume, { ...volume, label: "Second" }] }]));
  expect(fenceOf(run, 5000)).toMatchObject({ state: "unknown", why: "severalVolumes" });
  run.flow.setPlan(watchPlan([]));
  expect(fenceOf(run, 5000)).toMatchObject({ state: "unknown", why: "noBooking" });
});
