// An armed drone that is heard but tells no position: nothing judges its airspace then.
import { expect, test } from "vitest";
import { liveFlag } from "../../../../contract/wire/live-snapshot.ts";
import { ingestState } from "../../../support/past-entries.ts";
import { liveVehicle } from "../../../../server/ingest/vehicle-status.ts";
import { madeFlight, madeStartMs, wideArea } from "../../../support/made-flight.ts";
import { makePosition } from "../../../support/mavlink-frames.ts";
import { raisedOf, TelemetryRun } from "../../../support/telemetry-run.ts";
import { plannedBooking, watchPlan } from "../../../support/watch-plan.ts";

const plan = watchPlan([plannedBooking(madeStartMs, [1])], [wideArea]);
const blind = { hasPositions: false };

test("positions that stop while heartbeats go on are told within 5 s, until one comes", () => {
  const run = new TelemetryRun(plan);
  run.hear(madeFlight(madeStartMs, 10));
  run.hear(madeFlight(madeStartMs + 10_000, 120, blind));
  expect(run.alarmSteps()).toEqual(["positionLost standing"]);
  const lost = raisedOf(run.alarms(), "positionLost");
  expect(lost).toMatchObject({ priority: "high", contactPhone: "+852 5555 0101" });
  expect((lost?.raisedAtMs ?? 0) - (madeStartMs + 9_800)).toBeLessThanOrEqual(5_000);
  run.hear(madeFlight(madeStartMs + 130_000, 2));
  expect(run.alarmSteps()).toEqual(["positionLost standing", "positionLost returned"]);
});

test("a drone that arms without ever telling where it is, or that it is at 0/0, is told", () => {
  const silent = new TelemetryRun(plan);
  silent.hear(madeFlight(madeStartMs, 10, blind));
  expect(silent.alarmSteps()).toContain("positionLost standing");
  const raisedAtMs = raisedOf(silent.alarms(), "positionLost")?.raisedAtMs ?? 0;
  expect(raisedAtMs - madeStartMs).toBeLessThanOrEqual(5_000);
  const atNull = new TelemetryRun(plan);
  const nowhere = (stampUs: number) => makePosition({ timeBootMs: stampUs / 1e6, lat: 0, lon: 0 });
  atNull.hear(
    madeFlight(madeStartMs, 10, blind).flatMap((one) => [
      one,
      { ...one, bytes: nowhere(one.stampUs) },
    ]),
  );
  expect(atNull.alarmSteps()).toContain("positionLost standing");
});

test("a link that falls silent altogether is one alarm, not two", () => {
  const run = new TelemetryRun(plan);
  run.hear(madeFlight(madeStartMs, 10));
  run.tickUntil((madeStartMs + 60_000) * 1_000);
  expect(run.alarmSteps()).toEqual(["linkLost standing"]);
});

test("a disarmed drone may be silent about its position", () => {
  const run = new TelemetryRun(plan);
  run.hear(madeFlight(madeStartMs, 5, { isArmed: false }));
  run.hear(madeFlight(madeStartMs + 5_000, 20, { ...blind, isArmed: false }));
  expect(run.alarms()).toEqual([]);
});

test("it stands through a restart of ours until a position comes", () => {
  const before = new TelemetryRun(plan);
  before.hear(madeFlight(madeStartMs, 5));
  before.hear(madeFlight(madeStartMs + 5_000, 10, blind));
  const run = new TelemetryRun(plan, before.journal);
  const nowMs = madeStartMs + 16_000;
  const resumed = ingestState(before.journal, nowMs).sessions.map((open) => ({
    ...open,
    isTwin: false,
    record: run.record(open.identity.sessionId),
    lastHeardAtMs: nowMs - 1_000,
    lastPosition: undefined,
    clock: undefined,
  }));
  run.flow.resume(resumed, nowMs * 1_000);
  run.hear(madeFlight(nowMs, 10, blind));
  expect(run.alarmSteps()).toEqual(["positionLost standing"]);
  run.hear(madeFlight(nowMs + 10_000, 2));
  expect(run.alarmSteps()).toEqual(["positionLost standing", "positionLost returned"]);
});

test("a position that grows old is drawn as stale, though the drone is heard", () => {
  const run = new TelemetryRun(plan);
  run.hear(madeFlight(madeStartMs, 10));
  const [session] = run.flow.sessions();
  if (session === undefined) throw new Error("the drone is heard");
  const flagsAt = (nowMs: number) => liveVehicle(session, nowMs)?.flags ?? 0;
  expect(flagsAt(madeStartMs + 10_000) & liveFlag.stale).toBe(0);
  run.hear(madeFlight(madeStartMs + 10_000, 4, blind));
  expect(flagsAt(madeStartMs + 14_000) & liveFlag.stale).toBe(liveFlag.stale);
  expect(flagsAt(madeStartMs + 14_000) & liveFlag.lost).toBe(0);
});
