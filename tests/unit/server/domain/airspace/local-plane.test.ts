// Metres on the WGS 84 ellipsoid against published figures.
import { expect, test } from "vitest";
import {
  degreeScale,
  distanceM,
  localPlane,
} from "../../../../../server/domain/airspace/local-plane.ts";

test.each([
  // Length of a degree of latitude and longitude (NGA, WGS 84), metres.
  { latDeg: 0, latM: 110_574.3, lngM: 111_319.5 },
  { latDeg: 45, latM: 111_131.8, lngM: 78_846.8 },
  { latDeg: 90, latM: 111_694, lngM: 0 },
])("a degree at latitude $latDeg is $latM m by $lngM m", ({ latDeg, latM, lngM }) => {
  const scale = degreeScale(latDeg);
  expect(scale.latM).toBeCloseTo(latM, 0);
  expect(scale.lngM).toBeCloseTo(lngM, 0);
});

test("the distance between two places is the same either way, and 0 to itself", () => {
  const pier = { latDeg: 22.2589, lngDeg: 114.1296 };
  const hospital = { latDeg: 22.26886, lngDeg: 114.13195 };
  expect(distanceM(pier, hospital)).toBe(distanceM(hospital, pier));
  expect(distanceM(pier, pier)).toBe(0);
});

test("a place goes to the plane and back unchanged", () => {
  const plane = localPlane({ latDeg: 22.26, lngDeg: 114.13 });
  const back = plane.toPosition(plane.toPlane({ latDeg: 22.27, lngDeg: 114.12 }));
  expect(back.latDeg).toBeCloseTo(22.27, 12);
  expect(back.lngDeg).toBeCloseTo(114.12, 12);
});
