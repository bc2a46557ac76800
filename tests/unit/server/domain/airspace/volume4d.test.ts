// Conflicts of volumes against GEOS and PROJ (tests/golden), and their algebra.
import { area, featureCollection, intersect, polygon as turfPolygon } from "@turf/turf";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Footprint } from "../../../../../contract/wire/geometry.ts";
import {
  footprintsOverlap,
  volumesConflict,
  type Volume4D,
} from "../../../../../server/domain/airspace/volume4d.ts";
import { goldenLines } from "./golden-lines.ts";

interface GoldenVolume {
  polygon?: [number, number][];
  circle?: { centre: [number, number]; radius: number };
  alt: [number, number];
  time: [number, number];
}
interface GoldenPair {
  id: string;
  a: GoldenVolume;
  b: GoldenVolume;
  footprint: "area" | "edge" | "point" | "apart";
  conflict_area_only: boolean;
}

const pairs = goldenLines<GoldenPair>("volumes4d.jsonl");

function volumeOf({ polygon, circle, alt, time }: GoldenVolume): Volume4D {
  const [lngDeg, latDeg] = circle?.centre ?? [0, 0];
  const footprint: Footprint = circle
    ? { kind: "circle", centre: { latDeg, lngDeg }, radiusM: circle.radius }
    : { kind: "polygon", polygon: { type: "Polygon", coordinates: [polygon ?? []] } };
  return {
    footprint,
    envelope: { lowerAmslM: alt[0], upperAmslM: alt[1] },
    window: { startMs: time[0], endMs: time[1] },
  };
}

test("volumes conflict exactly where GEOS and PROJ find common ground, height and time", () => {
  const wrong = pairs
    .filter(({ a, b, conflict_area_only }) => {
      const [first, second] = [volumeOf(a), volumeOf(b)];
      return volumesConflict(first, second) !== conflict_area_only;
    })
    .map(({ id }) => id);
  expect(wrong).toEqual([]);
  expect(pairs).toHaveLength(1000);
});

test("outlines overlap where they share area, not where they share an edge or a corner", () => {
  const wrong = pairs
    .filter(({ a, b, footprint }) => {
      const [first, second] = [volumeOf(a).footprint, volumeOf(b).footprint];
      const expected = footprint === "area";
      return (
        footprintsOverlap(first, second) !== expected ||
        footprintsOverlap(second, first) !== expected
      );
    })
    .map(({ id, footprint }) => `${id} ${footprint}`);
  expect(wrong).toEqual([]);
});

const metre = fc.integer({ min: 0, max: 60 });
const anyBox = fc
  .tuple(metre, metre, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }))
  .map(([x, y, width, height]): Footprint => {
    const west = 114.12 + x * 1e-5;
    const south = 22.25 + y * 1e-5;
    const east = 114.12 + (x + width) * 1e-5;
    const north = 22.25 + (y + height) * 1e-5;
    const ring: [number, number][] = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ];
    return { kind: "polygon", polygon: { type: "Polygon", coordinates: [ring] } };
  });
const anyCircle = fc
  .tuple(metre, metre, fc.integer({ min: 1, max: 30 }))
  .map(([x, y, radiusM]): Footprint => ({
    kind: "circle",
    centre: { latDeg: 22.25 + y * 1e-5, lngDeg: 114.12 + x * 1e-5 },
    radiusM,
  }));
const anyVolume = fc
  .tuple(fc.oneof(anyBox, anyCircle), metre, metre, fc.integer({ min: 1, max: 20 }))
  .map(([footprint, lowerAmslM, startMs, length]): Volume4D => ({
    footprint,
    envelope: { lowerAmslM, upperAmslM: lowerAmslM + length },
    window: { startMs, endMs: startMs + length },
  }));

test("conflict is symmetric, and every volume conflicts with itself", () => {
  fc.assert(
    fc.property(anyVolume, anyVolume, (a, b) => {
      expect(volumesConflict(a, b)).toBe(volumesConflict(b, a));
      expect(volumesConflict(a, a)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("polygons with holes and notches overlap where Turf’s intersection has an area", () => {
  const corner = fc.tuple(metre, metre);
  const star = fc
    .tuple(corner, fc.array(fc.integer({ min: 5, max: 30 }), { minLength: 3, maxLength: 12 }))
    .map(([[x, y], spokes]) => {
      const ring = spokes.map((spoke, index): [number, number] => {
        const angle = (index * 2 * Math.PI) / spokes.length;
        return [
          114.12 + (x + spoke * Math.cos(angle)) * 1e-5,
          22.25 + (y + spoke * Math.sin(angle)) * 1e-5,
        ];
      });
      return [...ring, ring[0] ?? [0, 0]];
    });
  fc.assert(
    fc.property(star, star, (a, b) => {
      const shared = intersect(featureCollection([turfPolygon([a]), turfPolygon([b])]));
      const sharedM2 = shared === null ? 0 : area(shared);
      // Between a touch and an overlap of a centimetre either answer is right.
      fc.pre(sharedM2 === 0 || sharedM2 > 0.05);
      const footprint = (ring: [number, number][]): Footprint => ({
        kind: "polygon",
        polygon: { type: "Polygon", coordinates: [ring] },
      });
      expect(footprintsOverlap(footprint(a), footprint(b))).toBe(sharedM2 > 0);
    }),
    { numRuns: 500 },
  );
});

test("a volume in the hole of another, filling it to the edge, is not in its way", () => {
  const square = (from: number, to: number): [number, number][] => [
    [114 + from, 22 + from],
    [114 + to, 22 + from],
    [114 + to, 22 + to],
    [114 + from, 22 + to],
    [114 + from, 22 + from],
  ];
  const ring = (...rings: [number, number][][]): Footprint => ({
    kind: "polygon",
    polygon: { type: "Polygon", coordinates: rings },
  });
  const frame = ring(square(0, 0.004), square(0.001, 0.003));
  expect(footprintsOverlap(frame, ring(square(0.001, 0.003)))).toBe(false);
  expect(footprintsOverlap(frame, ring(square(0.0009, 0.003)))).toBe(true);
  expect(footprintsOverlap(ring(square(0.0015, 0.002)), frame)).toBe(false);
  expect(
    footprintsOverlap(frame, {
      kind: "circle",
      centre: { latDeg: 22.002, lngDeg: 114.002 },
      radiusM: 100,
    }),
  ).toBe(false);
});

test("heights whose sums differ by less than a millimetre only touch", () => {
  const footprint: Footprint = {
    kind: "circle",
    centre: { latDeg: 22.25, lngDeg: 114.12 },
    radiusM: 100,
  };
  const window = { startMs: 0, endMs: 1000 };
  const below = { footprint, window, envelope: { lowerAmslM: 0, upperAmslM: 0.1 + 0.2 } };
  const above = { footprint, window, envelope: { lowerAmslM: 0.3, upperAmslM: 10 } };
  expect(volumesConflict(below, above)).toBe(false);
  const lapping = { ...above, envelope: { lowerAmslM: 0.29, upperAmslM: 10 } };
  expect(volumesConflict(below, lapping)).toBe(true);
});
