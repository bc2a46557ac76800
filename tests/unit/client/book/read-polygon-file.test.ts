import { expect, test } from "vitest";
import { polygonFileBytesMax, readPolygonFile } from "../../../../client/book/read-polygon-file.ts";

const ring = [
  [114.126, 22.257],
  [114.131, 22.257],
  [114.131, 22.262],
  [114.126, 22.257],
];
const polygon = { type: "Polygon", coordinates: [ring] };

function faultsOf(value: unknown) {
  const reading = readPolygonFile(typeof value === "string" ? value : JSON.stringify(value));
  return reading.kind === "faults" ? reading.faults : [];
}

test.each([
  ["a polygon", polygon],
  ["a feature", { type: "Feature", properties: {}, geometry: polygon }],
  [
    "a collection with one polygon and a point",
    {
      type: "FeatureCollection",
      features: [
        { type: "Feature", properties: {}, geometry: { type: "Point", coordinates: ring[0] } },
        { type: "Feature", properties: {}, geometry: polygon },
      ],
    },
  ],
  ["a multipolygon of one", { type: "MultiPolygon", coordinates: [[ring]] }],
])("%s gives its polygon", (_name, value) => {
  const reading = readPolygonFile(JSON.stringify(value));
  expect(reading).toEqual({ kind: "polygon", geometry: polygon, pointCount: 4 });
});

test("heights in the file are left out: a band carries the heights", () => {
  const high = { type: "Polygon", coordinates: [ring.map((point) => [...point, 50])] };
  expect(readPolygonFile(JSON.stringify(high))).toMatchObject({ geometry: polygon });
});

test("text that is no JSON is said to be none", () => {
  expect(faultsOf("{ not json")).toMatchObject([{ kind: "notJson" }]);
});

test("a file without a polygon says what it holds instead", () => {
  expect(faultsOf({ type: "LineString", coordinates: ring })).toEqual([
    { kind: "noPolygon", where: "LineString" },
  ]);
  expect(faultsOf([1, 2])).toEqual([{ kind: "noPolygon", where: "" }]);
  expect(faultsOf(null)).toEqual([{ kind: "noPolygon", where: "" }]);
});

test("two polygons are refused with their number", () => {
  expect(faultsOf({ type: "MultiPolygon", coordinates: [[ring], [ring]] })).toEqual([
    { kind: "manyPolygons", where: "2" },
  ]);
});

test("a ring that does not close is refused with its place", () => {
  const open = { type: "Polygon", coordinates: [[...ring.slice(0, 3), [114.12, 22.25]]] };
  expect(faultsOf(open)).toEqual([{ kind: "notClosed", where: "coordinates.0" }]);
});

test("latitude before longitude is recognised and said once", () => {
  const swapped = ring.map(([lng, lat]) => [lat, lng]);
  const faults = faultsOf({ type: "Polygon", coordinates: [swapped] });
  expect(faults).toEqual([{ kind: "swapped", where: "coordinates.0.0" }]);
});

test("a point that is none is named", () => {
  const broken = [ring[0], ["114.131", 22.257], ring[2], ring[3]];
  expect(faultsOf({ type: "Polygon", coordinates: [broken] })).toEqual([
    { kind: "notAPosition", where: "coordinates.0.1" },
  ]);
});

test("three points are too few for a closed ring", () => {
  const short = { type: "Polygon", coordinates: [[ring[0], ring[1], ring[0]]] };
  expect(faultsOf(short)).toEqual([{ kind: "tooFewPoints", where: "coordinates.0 (3)" }]);
});

test("more points than a footprint may have are refused with their number", () => {
  const many = Array.from({ length: 1001 }, (_, index) => [114 + index / 10_000, 22.25]);
  const closed = { type: "Polygon", coordinates: [[...many, many[0]]] };
  expect(faultsOf(closed)).toEqual([{ kind: "tooManyPoints", where: "1002" }]);
});

test("a huge text is not read at all", () => {
  const faults = faultsOf(" ".repeat(polygonFileBytesMax + 1));
  expect(faults).toEqual([{ kind: "tooLarge", where: String(polygonFileBytesMax + 1) }]);
});
