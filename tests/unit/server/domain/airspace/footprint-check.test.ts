// What is wrong with an outline is told by vertex.
import { expect, test } from "vitest";
import type { Footprint } from "../../../../../contract/wire/geometry.ts";
import { footprintFaults } from "../../../../../server/domain/airspace/footprint-check.ts";
import { box, polygonOf } from "./plan-builders.ts";

type Ring = [number, number][];

function rings(...coordinates: Ring[]): Footprint {
  return { kind: "polygon", polygon: { type: "Polygon", coordinates } };
}

function ringOf(footprint: Footprint): Ring {
  const ring = footprint.kind === "polygon" ? footprint.polygon.coordinates[0] : undefined;
  if (ring === undefined) throw new Error("A polygon has a ring.");
  return ring;
}

const square = ringOf(box(0, 0, 100, 100));

test("a sound outline has no fault, whichever way it runs", () => {
  expect(footprintFaults(rings(square))).toEqual([]);
  expect(footprintFaults(rings(square.toReversed()))).toEqual([]);
  expect(footprintFaults(rings(square, ringOf(box(20, 20, 40, 40))))).toEqual([]);
  expect(
    footprintFaults({ kind: "circle", centre: { latDeg: 22, lngDeg: 114 }, radiusM: 50 }),
  ).toEqual([]);
});

test("a bow tie names the two edges that cross", () => {
  const [fault, ...others] = footprintFaults(polygonOf([0, 0], [100, 100], [100, 0], [0, 100]));
  expect(fault).toMatchObject({ kind: "selfCrossing", ring: 0, vertex: 0, otherVertex: 2 });
  expect(fault?.found).toBe("the edge from vertex 0 to 1 meets the edge from vertex 2 to 3");
  expect(others).toEqual([]);
});

test("an edge that touches another, and a spike, are crossings too", () => {
  const touching = polygonOf([0, 0], [100, 0], [100, 100], [50, 0], [0, 100]);
  expect(footprintFaults(touching).map(({ kind }) => kind)).toContain("selfCrossing");
  const spike: Ring = [
    [114, 22],
    [114.002, 22],
    [114.001, 22],
    [114.001, 22.001],
    [114, 22],
  ];
  expect(footprintFaults(rings(spike))[0]).toMatchObject({
    kind: "selfCrossing",
    vertex: 0,
    otherVertex: 1,
  });
});

test.each<{ what: string; footprint: Footprint; fault: object }>([
  {
    what: "not closed",
    footprint: rings(square.slice(0, 4)),
    fault: { kind: "notClosed", ring: 0, vertex: 3 },
  },
  {
    what: "of too few vertices",
    footprint: rings(square.slice(0, 3)),
    fault: { kind: "tooFewVertices", found: "3" },
  },
  { what: "without a ring", footprint: rings(), fault: { kind: "tooFewVertices" } },
  {
    what: "with a vertex given twice",
    footprint: rings([...square.slice(0, 2), ...square.slice(1)]),
    fault: { kind: "repeatedVertex", vertex: 2 },
  },
  {
    what: "without area",
    footprint: polygonOf([0, 0], [100, 0], [50, 0.00001]),
    fault: { kind: "zeroArea", ring: 0 },
  },
  {
    what: "with NaN",
    footprint: rings([[Number.NaN, 22], ...square.slice(1)]),
    fault: { kind: "notFinite", vertex: 0, found: "longitude NaN, latitude 22" },
  },
  {
    what: "beyond the pole",
    footprint: rings([[114, 91], ...square.slice(1)]),
    fault: { kind: "outOfRange", vertex: 0 },
  },
  {
    what: "of 1001 vertices",
    footprint: rings(Array.from({ length: 1001 }, (): [number, number] => [114, 22])),
    fault: { kind: "tooManyVertices", found: "1001" },
  },
  {
    what: "with a hole outside",
    footprint: rings(square, ringOf(box(200, 200, 220, 220))),
    fault: { kind: "holeOutside", ring: 1 },
  },
  {
    what: "with a hole in a hole",
    footprint: rings(square, ringOf(box(10, 10, 90, 90)), ringOf(box(20, 20, 30, 30))),
    fault: { kind: "holesOverlap", ring: 2, otherRing: 1 },
  },
  {
    what: "with a hole across its edge",
    footprint: rings(square, ringOf(box(90, 10, 110, 20))),
    fault: { kind: "holesOverlap", ring: 0, otherRing: 1 },
  },
  {
    what: "a circle without radius",
    footprint: { kind: "circle", centre: { latDeg: 22, lngDeg: 114 }, radiusM: 0 },
    fault: { kind: "outOfRange", found: "0 m" },
  },
  {
    what: "a circle at NaN",
    footprint: { kind: "circle", centre: { latDeg: Number.NaN, lngDeg: 114 }, radiusM: 5 },
    fault: { kind: "notFinite" },
  },
])("an outline $what is refused", ({ footprint, fault }) => {
  expect(footprintFaults(footprint)[0]).toMatchObject(fault);
});

test("an outline of a thousand crossings is told of by twenty", () => {
  const zigzag = Array.from({ length: 99 }, (_, index): [number, number] => [
    (index * 37) % 100,
    (index * 61) % 89,
  ]);
  expect(footprintFaults(polygonOf(...zigzag))).toHaveLength(20);
});
