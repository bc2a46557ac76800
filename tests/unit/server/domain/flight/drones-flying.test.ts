// How many drones of each booking fly.
import { expect, test } from "vitest";
import { dronesFlyingByBooking } from "../../../../../server/domain/flight/drones-flying.ts";
import {
  flightAfter,
  type FlightRecord,
} from "../../../../../server/domain/flight/flight-record.ts";
import { armedAtMs, landed, started } from "../../../../support/journal-entries.ts";

function flown(id: string, binding: FlightRecord["flight"]["binding"]): FlightRecord {
  const record = flightAfter(undefined, started, armedAtMs, false);
  if (record === undefined) throw new Error("A started flight is a flight.");
  return { ...record, flight: { ...record.flight, id, binding } };
}

test("a booking's drones in the air are counted, landed and intruding ones are not", () => {
  const own = { kind: "booked", bookingId: "bkg_1" } as const;
  const first = flown("flt_1", own);
  const intruder = flown("flt_3", { kind: "wrongDrone", bookingId: "bkg_1" });
  const all = [first, flown("flt_2", own), intruder];
  expect([...dronesFlyingByBooking(all)]).toEqual([["bkg_1", 2]]);
  const down = flightAfter(first, landed, armedAtMs, false);
  expect([...dronesFlyingByBooking(down === undefined ? [] : [down])]).toEqual([]);
});
