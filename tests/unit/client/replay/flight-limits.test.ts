import { expect, test } from "vitest";
import type { Booking } from "../../../../contract/wire/booking.ts";
import type { FlightEvent } from "../../../../contract/wire/flight-event.ts";
import { alarmSpans, chartLimitsM } from "../../../../client/replay/flight-limits.ts";
import { conditionWith } from "../../../support/alarm-samples.ts";

const booking = {
  volumes: [
    {
      label: "",
      footprint: { kind: "circle", centre: { latDeg: 22, lngDeg: 114 }, radiusM: 100 },
      band: { reference: "ABOVE_HOME", lowerM: 0, upperM: 60 },
      envelope: { lowerAmslM: 4, upperAmslM: 64 },
    },
  ],
} as unknown as Booking;

function alarmEvent(changes: Parameters<typeof conditionWith>[0] = {}): FlightEvent {
  const alarm = conditionWith(changes);
  return { kind: "alarm", atMs: alarm.raisedAtMs, alarm };
}

test("a booked ceiling is drawn in its own datum, and by its envelope above the sea", () => {
  expect(chartLimitsM(booking, [], "ABOVE_HOME")).toEqual([60]);
  expect(chartLimitsM(booking, [], "AMSL")).toEqual([64]);
});

test("a limit that an alarm named is drawn once, and only in its datum", () => {
  const events = [alarmEvent(), alarmEvent({ id: "alm_2" })];
  expect(chartLimitsM(booking, events, "ABOVE_HOME")).toEqual([60, 120]);
  expect(chartLimitsM(undefined, events, "AMSL")).toEqual([]);
});

test("an alarm that never returned is drawn to the end of the flight", () => {
  const raisedAtMs = 5_000;
  expect(alarmSpans([alarmEvent({ raisedAtMs })], 9_000)).toEqual([
    { startMs: 5_000, endMs: 9_000, priority: "high" },
  ]);
  expect(alarmSpans([alarmEvent({ raisedAtMs, returnedAtMs: 6_000 })], 9_000)[0]?.endMs).toBe(
    6_000,
  );
});
