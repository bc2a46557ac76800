// A flight as the journal tells it, and what its booking shows of it.
import { expect, test } from "vitest";
import {
  bookingStateOf,
  flightAfter,
  movedBookingId,
  type FlightRecord,
} from "../../../../../server/domain/flight/flight-record.ts";
import { armedAtMs, landed, started, wholeFlight } from "../../../../support/journal-entries.ts";

function flown(...changes: Partial<FlightRecord["flight"]>[]): FlightRecord {
  const record = flightAfter(undefined, started, armedAtMs, false);
  if (record === undefined) throw new Error("A started flight is a flight.");
  return { ...record, flight: Object.assign({}, record.flight, ...changes) };
}

test("a flight flies from its start, lands once disarmed, and flies again if continued", () => {
  const flying = flown();
  expect(flying.flight).toMatchObject({ state: "flying", disarmedAtMs: null, alarmCount: 0 });
  const down = flightAfter(flying, landed, armedAtMs, false);
  expect(down?.flight).toMatchObject({ state: "landed", disarmedAtMs: armedAtMs + 60_000 });
  const event = { kind: "flightContinued", flightId: "flt_1", armedAtMs } as const;
  const again = flightAfter(down, event, armedAtMs, false);
  expect(again?.flight).toMatchObject({ state: "flying", disarmedAtMs: null, armedAtMs });
});

test("a whole flight ends sealed, with one alarm counted once", () => {
  let record: FlightRecord | undefined;
  let alarms = 0;
  for (const { event, atMs } of wholeFlight) {
    const isNewAlarm = event.kind === "alarmChanged" && alarms++ === 0;
    record = flightAfter(record, event, atMs, isNewAlarm);
  }
  expect(record?.flight).toMatchObject({ state: "sealed", alarmCount: 1, logBytes: 300 });
});

test("an event of a flight that nobody knows makes none", () => {
  expect(flightAfter(undefined, landed, armedAtMs, false)).toBeUndefined();
});

test("a flight moves its own booking, early and late too, and never one it intrudes on", () => {
  const bound = (kind: "booked" | "early" | "late" | "wrongDrone" | "unbooked") =>
    movedBookingId(flown({ binding: { kind, bookingId: kind === "unbooked" ? null : "bkg_1" } }));
  expect([bound("booked"), bound("early"), bound("late")]).toEqual(["bkg_1", "bkg_1", "bkg_1"]);
  expect([bound("wrongDrone"), bound("unbooked")]).toEqual([undefined, undefined]);
});

test("a booking shows the worst of its flights that fly", () => {
  const calm = { ...flown(), conformance: "conforming" as const };
  const out = { ...flown(), conformance: "nonconforming" as const };
  const lost = { ...flown(), conformance: "contingent" as const };
  const downed = { ...lost, flight: { ...lost.flight, state: "landed" as const } };
  expect(bookingStateOf([flown()])).toBe("activated");
  expect(bookingStateOf([calm, out])).toBe("nonconforming");
  expect(bookingStateOf([out, lost, calm])).toBe("contingent");
  expect(bookingStateOf([calm, downed])).toBe("activated");
  expect(bookingStateOf([downed])).toBeUndefined();
});
