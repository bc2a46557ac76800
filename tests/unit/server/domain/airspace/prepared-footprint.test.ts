// Containment, distance and crossings against GEOS and PROJ (tests/golden), and against Turf.
import { booleanPointInPolygon } from "@turf/turf";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Footprint, Position } from "../../../../../contract/wire/geometry.ts";
import { prepareFootprint } from "../../../../../server/domain/airspace/prepared-footprint.ts";
import { goldenLines } from "./golden-lines.ts";

type GoldenPoint = [lngDeg: number, latDeg: number, inside: 0 | 1, distanceM: number, ...unknown[]];
type GoldenFence =
  | { id: string; type: "polygon"; rings: [number, number][][]; points: GoldenPoint[] }
  | { id: string; type: "circle"; centre: [number, number]; radius: number; points: GoldenPoint[] };

const fences = goldenLines<GoldenFence>("geofence.jsonl");

function footprintOf(fence: GoldenFence): Footprint {
  if (fence.type === "polygon") {
    return { kind: "polygon", polygon: { type: "Polygon", coordinates: fence.rings } };
  }
  const [lngDeg, latDeg] = fence.centre;
  return { kind: "circle", centre: { latDeg, lngDeg }, radiusM: fence.radius };
}

function polygon(...corners: [number, number][]): Footprint {
  const [first] = corners;
  if (first === undefined) throw new Error("A polygon needs corners.");
  return {
    kind: "polygon",
    polygon: { type: "Polygon", coordinates: [[...corners, first]] },
  };
}

/** 1 km by 1 km, 22.25..22.259 N. */
const box = polygon([114.12, 22.25], [114.1297, 22.25], [114.1297, 22.259], [114.12, 22.259]);
const at = (latDeg: number, lngDeg: number): Position => ({ latDeg, lngDeg });

test("a point is inside a fence exactly where GEOS and PROJ say so", () => {
  let asked = 0;
  const wrong: string[] = [];
  for (const fence of fences) {
    const prepared = prepareFootprint(footprintOf(fence));
    for (const [lngDeg, latDeg, inside] of fence.points) {
      asked++;
      if (prepared.contains({ latDeg, lngDeg }) !== (inside === 1)) {
        wrong.push(`${fence.id} ${lngDeg} ${latDeg}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(asked).toBe(11_500);
});

test("the signed distance is within 2 cm and 0.05 % of the geodesic one", () => {
  let worstShare = 0;
  for (const fence of fences) {
    const prepared = prepareFootprint(footprintOf(fence));
    for (const [lngDeg, latDeg, inside, distanceM] of fence.points) {
      const signedM = prepared.signedDistanceM({ latDeg, lngDeg });
      expect(signedM < 0).toBe(inside === 1);
      const share = Math.abs(Math.abs(signedM) - distanceM) / (0.02 + 0.0005 * distanceM);
      worstShare = Math.max(worstShare, share);
    }
  }
  expect(worstShare).toBeLessThanOrEqual(1);
});

test("a circle is as round as the ellipsoid: its distances are good to 6 mm within 6 km", () => {
  let worstM = 0;
  for (const fence of fences) {
    if (fence.type !== "circle") continue;
    const prepared = prepareFootprint(footprintOf(fence));
    for (const [lngDeg, latDeg, , distanceM] of fence.points) {
      const foundM = Math.abs(prepared.signedDistanceM({ latDeg, lngDeg }));
      worstM = Math.max(worstM, Math.abs(foundM - distanceM));
    }
  }
  expect(worstM).toBeLessThan(0.006);
});

test("containment in a polygon equals Turf, on its corners and edges too", () => {
  const grid = fc.integer({ min: 0, max: 8 }).map((step) => step / 1000);
  const corner = fc.tuple(grid, grid).map(([x, y]): [number, number] => [114.12 + x, 22.25 + y]);
  fc.assert(
    fc.property(fc.array(corner, { minLength: 3, maxLength: 9 }), corner, (corners, point) => {
      const footprint = polygon(...corners);
      if (footprint.kind !== "polygon") return;
      expect(prepareFootprint(footprint).contains(at(point[1], point[0]))).toBe(
        booleanPointInPolygon(point, footprint.polygon),
      );
    }),
    { numRuns: 500 },
  );
});

test.each([
  { way: "into the box", from: at(22.255, 114.1), to: at(22.255, 114.125), met: 1 },
  { way: "through the box", from: at(22.255, 114.1), to: at(22.255, 114.14), met: 2 },
  { way: "inside the box", from: at(22.251, 114.121), to: at(22.258, 114.129), met: 0 },
  { way: "past the box", from: at(22.27, 114.1), to: at(22.27, 114.14), met: 0 },
  { way: "nowhere", from: at(22.25, 114.12), to: at(22.25, 114.12), met: 0 },
])("a segment $way meets its boundary $met times", ({ from, to, met }) => {
  const prepared = prepareFootprint(box);
  expect(prepared.crossings(from, to)).toHaveLength(met);
  expect(prepared.segmentCrosses(from, to)).toBe(met > 0);
});

test("a segment through a corner is seen, whichever edge the rounding gives it to", () => {
  const prepared = prepareFootprint(box);
  for (let step = 1; step < 400; step++) {
    const from = at(22.25 - step * 1e-6, 114.12 - (401 - step) * 1e-6);
    const to = at(22.25 + step * 1e-6, 114.12 + (401 - step) * 1e-6);
    expect(prepared.segmentCrosses(from, to)).toBe(true);
  }
});

test("a segment along an edge is cut at the edge’s ends", () => {
  const prepared = prepareFootprint(box);
  const cuts = prepared.crossings(at(22.25, 114.11), at(22.25, 114.14)).sort((a, b) => a - b);
  expect(cuts[0]).toBeCloseTo(1 / 3, 6);
  expect(cuts.at(-1)).toBeCloseTo(0.0197 / 0.03, 6);
});

test("a segment through a circle is cut where it enters and leaves", () => {
  const prepared = prepareFootprint({
    kind: "circle",
    centre: at(22.25, 114.12),
    radiusM: 100,
  });
  const cuts = prepared.crossings(at(22.25, 114.11), at(22.25, 114.13));
  expect(cuts).toHaveLength(2);
  for (const cut of cuts) {
    const met = at(22.25, 114.11 + cut * 0.02);
    expect(Math.abs(prepared.signedDistanceM(met))).toBeLessThan(0.001);
  }
  expect(prepared.segmentCrosses(at(22.26, 114.11), at(22.26, 114.13))).toBe(false);
});

test("how deep inside an outline one can be is half the width of a strip", () => {
  // 8 m wide, 2 km long, at 45 degrees.
  const strip = polygon(
    [114.12, 22.25],
    [114.14, 22.27],
    [114.14 - 5.49e-5, 22.27 + 5.1e-5],
    [114.12 - 5.49e-5, 22.25 + 5.1e-5],
  );
  const prepared = prepareFootprint(strip);
  const reachM = prepared.reachInsideM(50);
  expect(reachM).toBeGreaterThan(3.8);
  expect(reachM).toBeLessThan(4.2);
  expect(prepared.reachInsideM(2)).toBe(2);
  expect(prepareFootprint(box).reachInsideM(6)).toBe(6);
});
