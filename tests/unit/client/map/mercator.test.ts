import { expect, test } from "vitest";
import {
  localOriginAt,
  matrixAtOrigin,
  mercatorPerMetre,
  mercatorX,
  mercatorY,
  positionOfMercator,
} from "../../../../client/map/mercator.ts";

test("the world is a square from 0 to 1 with the equator in the middle", () => {
  expect(mercatorX(-180)).toBe(0);
  expect(mercatorX(180)).toBe(1);
  expect(mercatorY(0)).toBeCloseTo(0.5, 12);
  expect(mercatorY(85.051129)).toBeCloseTo(0, 7);
  expect(mercatorY(89)).toBeCloseTo(0, 7);
});

test("there and back is the same place to a millimetre", () => {
  const there = { latDeg: 22.2607, lngDeg: 114.1296 };
  const back = positionOfMercator(mercatorX(there.lngDeg), mercatorY(there.latDeg));
  expect(back.latDeg).toBeCloseTo(there.latDeg, 9);
  expect(back.lngDeg).toBeCloseTo(there.lngDeg, 9);
});

test("a metre north at Cyberport is the length the scale says, within 1 %", () => {
  const latDeg = 22.26;
  const northward = mercatorY(latDeg) - mercatorY(latDeg + 100 / 111_195);
  expect(northward / (100 * mercatorPerMetre(latDeg))).toBeCloseTo(1, 2);
});

test("with the origin folded in, single precision keeps within a fiftieth of a pixel", () => {
  // A matrix of zoom 20: the world is 512 * 2^20 px wide.
  const worldPx = 512 * 2 ** 20;
  const drone = { latDeg: 22.2601234, lngDeg: 114.1298765 };
  const origin = localOriginAt({ latDeg: 22.2585, lngDeg: 114.1285 });
  const matrix = [worldPx, 0, 0, 0, 0, worldPx, 0, 0, 0, 0, 1, 0];
  const centre = { x: mercatorX(114.1295), y: mercatorY(22.26) };
  matrix.push(-worldPx * centre.x, -worldPx * centre.y, 0, 1);
  const exactPx = worldPx * (mercatorX(drone.lngDeg) - centre.x);
  const folded = matrixAtOrigin(matrix, origin);
  const local = Math.fround(mercatorX(drone.lngDeg) - origin.x);
  const foldedPx = (folded[0] ?? 0) * local + (folded[12] ?? 0);
  expect(Math.abs(foldedPx - exactPx)).toBeLessThan(0.02);
  const naivePx = Math.fround(worldPx) * Math.fround(mercatorX(drone.lngDeg)) + (matrix[12] ?? 0);
  expect(Math.abs(naivePx - exactPx)).toBeGreaterThan(1);
});
