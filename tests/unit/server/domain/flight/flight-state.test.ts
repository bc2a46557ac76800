// The small decisions of a flight: link health, conformance, figures and the log's byte range.
import { expect, test } from "vitest";
import {
  conformanceAfter,
  conforming,
} from "../../../../../server/domain/flight/conformance-of-flight.ts";
import {
  countPosition,
  emptyFigureCount,
} from "../../../../../server/domain/flight/flight-figures.ts";
import { linkState } from "../../../../../server/domain/flight/link-health.ts";
import { flightByteRange } from "../../../../../server/domain/flight/record-range.ts";

test.each([
  [0, "live"],
  [3_000, "live"],
  [3_001, "stale"],
  [4_500, "stale"],
  [4_501, "lost"],
  [60_000, "lost"],
  [60_001, "gone"],
] as const)("a heartbeat of %d ms ago is %s", (ageMs, state) => {
  expect(linkState(ageMs)).toBe(state);
});

test("a flight is nonconforming while a breach stands, and contingent after 60 s", () => {
  const breached = conformanceAfter(conforming, ["volumeCeiling"], 1_000);
  expect(breached).toEqual({ state: "nonconforming", sinceMs: 1_000, causes: ["volumeCeiling"] });
  expect(conformanceAfter(breached, ["volumeCeiling"], 60_999)).toBe(breached);
  const contingent = conformanceAfter(breached, ["volumeCeiling"], 61_000);
  expect(contingent.state).toBe("contingent");
  expect(conformanceAfter(contingent, [], 61_001)).toEqual(conforming);
});

test("causes that change are told; alarms that are no breach of the booking do not count", () => {
  const breached = conformanceAfter(conforming, ["volumeCeiling"], 0);
  const both = conformanceAfter(breached, ["volumeLateral", "volumeCeiling"], 10);
  expect(both).toMatchObject({ sinceMs: 0, causes: ["volumeCeiling", "volumeLateral"] });
  expect(conformanceAfter(conforming, ["keepOut", "linkLost", "unbooked"], 0)).toBe(conforming);
});

test("figures are the highest, the fastest and the way over ground without standing noise", () => {
  const at = (latDeg: number, heightM: number, groundSpeedMps: number) => ({
    latDeg,
    lngDeg: 114.13,
    altitudeAmslM: heightM + 3,
    altitudeAboveHomeM: heightM,
    groundSpeedMps,
  });
  const noise = Array.from({ length: 1000 }, (_, n) => at(22.26 + (n % 2) * 1e-6, 0, 0));
  const flown = [...noise, at(22.261, 30, 8), at(22.262, 20, 10), at(22.261, 10, 2)];
  const { figures } = flown.reduce(countPosition, emptyFigureCount);
  expect(figures).toMatchObject({
    samples: 1003,
    maxAltitudeAmslM: 33,
    maxAltitudeAboveHomeM: 30,
    maxGroundSpeedMps: 10,
  });
  // Three times a thousandth of a degree of latitude: 110.75 m each at 22.26 N (WGS 84).
  expect(figures.distanceM).toBeCloseTo(3 * 110.75, 0);
});

test("a flight's log is 60 s before arming to 30 s after disarming, whole records only", () => {
  const rows = Array.from({ length: 300 }, (_, s) => ({ stampUs: s * 1e6, byteOffset: s * 100 }));
  expect(flightByteRange(rows, 30_000, 100_000, 200_000)).toEqual({
    fromByte: 4_000,
    toByte: 23_000,
  });
  expect(flightByteRange(rows, 30_000, 100_500, 200_500)).toEqual({
    fromByte: 4_000,
    toByte: 23_100,
  });
});

test("a log that begins before the record, or never ends, keeps to the record", () => {
  const rows = [{ stampUs: 50e6, byteOffset: 0 }];
  expect(flightByteRange(rows, 700, 60_000, null)).toEqual({ fromByte: 0, toByte: 700 });
  expect(flightByteRange([], 0, 60_000, 70_000)).toEqual({ fromByte: 0, toByte: 0 });
});
