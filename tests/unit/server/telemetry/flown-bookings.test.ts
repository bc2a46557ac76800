// A booking that leaves the plan while it is flown: the flight is judged by it all the same, and no
// alarm is over because its booking has gone.
import { expect, test } from "vitest";
import type { PlannedBooking } from "../../../../contract/wire/watch-plan.ts";
import { ingestState } from "../../../support/past-entries.ts";
import { madeFlight, madeStartMs, outsideLon, wideArea } from "../../../support/made-flight.ts";
import { raisedOf, TelemetryRun } from "../../../support/telemetry-run.ts";
import { plannedBooking, watchPlan } from "../../../support/watch-plan.ts";

const at = (seconds: number): number => madeStartMs + seconds * 1_000;
const outside = { lon: outsideLon };
const planOf = (version: number, ...bookings: PlannedBooking[]) => ({
  ...watchPlan(bookings, [wideArea]),
  version,
});
const booking = plannedBooking(madeStartMs, [1]);

test("a late flight is judged by its ended booking beyond the time that the plan holds it", () => {
  const over = { startMs: at(-3_600), endMs: at(-840) };
  const run = new TelemetryRun(planOf(7, { ...booking, ...over, state: "ended" }));
  run.hear([...madeFlight(madeStartMs, 10), ...madeFlight(at(10), 10, outside)]);
  expect(run.events("flightStarted")[0]?.binding.kind).toBe("late");
  const before = run.alarmSteps();
  expect(before).toEqual(["overrun standing", "volumeLateral standing"]);
  run.flow.setPlan(planOf(8));
  run.hear(madeFlight(at(20), 60, outside));
  expect(run.alarmSteps()).toEqual(before);
});

test("a booking withdrawn in the air is flown on, with its alarms, its pilot and its phone", () => {
  const run = new TelemetryRun(planOf(7, booking));
  run.hear(madeFlight(madeStartMs, 5));
  run.flow.setPlan(planOf(8));
  run.hear(madeFlight(at(5), 30, outside));
  expect(run.alarmSteps()).toEqual(["volumeLateral standing"]);
  expect(raisedOf(run.alarms(), "volumeLateral")).toMatchObject({
    bookingId: booking.id,
    pilotName: booking.pilotName,
    contactPhone: booking.contactPhone,
    planVersion: 8,
  });
});

test("a booking that ends between landing and arming again still judges the same flight", () => {
  const short = { ...booking, endMs: at(20) };
  const run = new TelemetryRun(planOf(7, short));
  run.hear([...madeFlight(madeStartMs, 15), ...madeFlight(at(15), 15, { isArmed: false })]);
  run.flow.setPlan(planOf(8, { ...short, state: "ended" }));
  run.hear(madeFlight(at(30), 10));
  run.flow.setPlan(planOf(9));
  run.hear(madeFlight(at(40), 30, outside));
  expect(run.events("flightContinued")).toHaveLength(1);
  expect(run.alarmSteps()).toEqual(["overrun standing", "volumeLateral standing"]);
});

test("once its flight is sealed a booking that the plan lacks is forgotten", () => {
  const run = new TelemetryRun(planOf(7, booking));
  run.hear([...madeFlight(madeStartMs, 5), ...madeFlight(at(5), 2, { isArmed: false })]);
  run.flow.setPlan(planOf(8));
  expect(run.flow.plan.bookings).toMatchObject([{ id: booking.id, state: "ended" }]);
  run.tickUntil(at(70) * 1_000);
  run.flow.setPlan(planOf(9));
  expect(run.flow.plan.bookings).toEqual([]);
});

test("a flight whose booking a restart has lost is told, and none of its alarms ends", () => {
  const before = new TelemetryRun(planOf(7, booking));
  before.hear(madeFlight(madeStartMs, 10, outside));
  const run = new TelemetryRun(planOf(9), before.journal);
  const nowMs = at(11);
  const sessions = ingestState(before.journal, nowMs).sessions.map((open) => ({
    ...open,
    isTwin: false,
    record: run.record(open.identity.sessionId),
    lastHeardAtMs: at(10),
    lastPosition: undefined,
    clock: undefined,
  }));
  run.flow.resume(sessions, nowMs * 1_000);
  run.hear(madeFlight(nowMs, 20));
  expect(run.alarmSteps()).toEqual(["volumeLateral standing", "unbooked standing"]);
  run.flow.setPlan(planOf(10, booking));
  run.hear(madeFlight(at(31), 10));
  expect(run.alarmSteps().slice(2).sort()).toEqual(["unbooked returned", "volumeLateral returned"]);
});
