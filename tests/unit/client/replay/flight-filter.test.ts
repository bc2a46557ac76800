import { expect, test } from "vitest";
import type { Flight } from "../../../../contract/wire/flight.ts";
import { makeFormat } from "../../../../client/app/i18n/format.ts";
import {
  flightMatches,
  mergedFlights,
  type FlightFilter,
} from "../../../../client/replay/flight-filter.ts";

function flightWith(changes: Partial<Flight> = {}): Flight {
  return {
    id: "flt_1",
    sessionId: "ses_1",
    state: "sealed",
    endedWithoutDisarming: false,
    endedBy: "disarmed",
    vehicleKey: "local/1",
    sysid: 12,
    aircraftId: "air_1",
    aircraftName: "Kestrel",
    organisationId: "org_1",
    binding: { kind: "booked", bookingId: "bkg_1" },
    bookingTitle: "Pier survey",
    siteId: "site_1",
    armedAtMs: 1_000,
    disarmedAtMs: 2_000,
    sealedAtMs: 3_000,
    sha256: null,
    logBytes: null,
    figures: null,
    alarmCount: 0,
    ...changes,
  };
}
const en = makeFormat("en");
function matches(flight: Flight, filter: FlightFilter): boolean {
  return flightMatches(flight, filter, en);
}
const any = { text: "", siteId: "any", onlyWithAlarms: false };

test("an empty filter lets every flight through", () => {
  expect(matches(flightWith(), any)).toBe(true);
});

test("text finds part of a name in any case, or a whole system id", () => {
  expect(matches(flightWith(), { ...any, text: " kest" })).toBe(true);
  expect(matches(flightWith(), { ...any, text: "PIER" })).toBe(true);
  expect(matches(flightWith(), { ...any, text: "12" })).toBe(true);
  expect(matches(flightWith(), { ...any, text: "1" })).toBe(false);
});

test("a drone that nobody registered is found by what the reader sees it called", () => {
  const unknown = { ...any, text: "unknown drone" };
  for (const aircraftName of ["", "sysid 12"]) {
    const flight = flightWith({ aircraftId: null, aircraftName });
    expect(matches(flight, unknown)).toBe(true);
    expect(flightMatches(flight, { ...any, text: "不明" }, makeFormat("zhHant"))).toBe(true);
  }
  expect(matches(flightWith(), unknown)).toBe(false);
});

test("site and alarms narrow the list", () => {
  expect(matches(flightWith(), { ...any, siteId: "site_2" })).toBe(false);
  expect(matches(flightWith(), { ...any, onlyWithAlarms: true })).toBe(false);
  expect(matches(flightWith({ alarmCount: 1 }), { ...any, onlyWithAlarms: true })).toBe(true);
});

test("what the live connection told replaces the listed flight, newest arming first", () => {
  const told = new Map([
    ["flt_1", flightWith({ state: "landed" })],
    ["flt_2", flightWith({ id: "flt_2", armedAtMs: 9_000 })],
  ]);
  const merged = mergedFlights([flightWith({ state: "flying" })], told);
  expect(merged.map(({ id, state }) => `${id} ${state}`)).toEqual(["flt_2 sealed", "flt_1 landed"]);
});
