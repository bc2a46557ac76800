// A link that is late for good: nothing is judged, and that is not quiet. Exact times.
import { expect, test } from "vitest";
import { raisedOf, TelemetryRun, type HeardDatagram } from "../../support/telemetry-run.ts";
import { madeFlight, madeStartMs, outsideLon, wideArea } from "../../support/made-flight.ts";
import { makeHeartbeat, makePosition } from "../../support/mavlink-frames.ts";
import { plannedBooking, watchPlan } from "../../support/watch-plan.ts";

const startMs = Date.UTC(2026, 10, 22, 2);
const delayedFromS = 60;
const delayMs = 5_000;
/** The mapping follows by 5 ms a second, and 3 s late is in time. */
const inTimeAgainS = 400;

/** An armed drone at 5 Hz whose link delays everything from 60 s on. */
function delayedFlight(seconds: number): HeardDatagram[] {
  const datagrams: HeardDatagram[] = [];
  for (let step = 0; step < seconds * 5; step++) {
    const sentMs = step * 200;
    const lateMs = sentMs >= delayedFromS * 1_000 ? delayMs : 0;
    const stampUs = (startMs + sentMs + lateMs) * 1_000;
    const heard = { stampUs, port: 5_000 };
    if (step % 5 === 0) datagrams.push({ ...heard, bytes: makeHeartbeat() });
    datagrams.push({ ...heard, bytes: makePosition({ timeBootMs: 10_000 + sentMs }) });
  }
  return datagrams;
}

function late(run: TelemetryRun) {
  return run.alarms().filter(({ kind }) => kind === "telemetryLate");
}

test("judging that has stopped is a high alarm within 5 s, and stands until it goes on", () => {
  const run = new TelemetryRun(watchPlan([]));
  run.hear(delayedFlight(delayedFromS + inTimeAgainS + 10));
  expect(late(run).map(({ state }) => state)).toEqual(["standing", "returned"]);
  const [raised, returned] = late(run);
  expect(raised?.priority).toBe("high");
  const firstLateMs = startMs + delayedFromS * 1_000 + delayMs;
  const toldAfterMs = (raised?.raisedAtMs ?? 0) - firstLateMs;
  expect(toldAfterMs).toBeGreaterThanOrEqual(2_000);
  expect(toldAfterMs).toBeLessThanOrEqual(2_250);
  const lastInTimeMs = startMs + delayedFromS * 1_000 - 200;
  const stoodUntilMs = (returned?.returnedAtMs ?? 0) - lastInTimeMs;
  expect(stoodUntilMs).toBeGreaterThanOrEqual(inTimeAgainS * 1_000);
  expect(stoodUntilMs).toBeLessThanOrEqual(inTimeAgainS * 1_000 + 450);
});

test("it is the same alarm for as long as nothing is judged, however long", () => {
  const run = new TelemetryRun(watchPlan([]));
  run.hear(delayedFlight(delayedFromS + 300));
  expect(late(run)).toHaveLength(1);
  expect(raisedOf(run.alarms(), "telemetryLate")?.count).toBe(1);
  const [session] = [...run.flow.sessions()];
  expect(session?.lateSinceMs).toBe(startMs + delayedFromS * 1_000 + delayMs);
});

test("another plan neither raises nor ends an alarm by a position that came too late", () => {
  const plan = watchPlan([plannedBooking(madeStartMs, [1])], [wideArea]);
  const outside = { lon: outsideLon };
  const late = (from: number, how: object) =>
    madeFlight(madeStartMs + from, 10, { bootMs: from + 5_000, ...how });

  const leaving = new TelemetryRun(plan);
  leaving.hear([...madeFlight(madeStartMs, 60), ...late(65_000, outside)]);
  const before = leaving.alarmSteps();
  expect(before).toContain("telemetryLate standing");
  leaving.flow.setPlan({ ...plan, version: 8 });
  expect(leaving.alarmSteps()).toEqual(before);

  const coming = new TelemetryRun(plan);
  coming.hear([...madeFlight(madeStartMs, 60, outside), ...late(65_000, {})]);
  expect(coming.alarmSteps()).toContain("volumeLateral standing");
  for (const version of [8, 9]) coming.flow.setPlan({ ...plan, version, bookings: [] });
  expect(coming.alarmSteps()).not.toContain("volumeLateral returned");
});
