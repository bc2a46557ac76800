import { expect, test } from "vitest";
import { readSiteFile } from "../../../../../server/domain/airspace/site-file.ts";

const ring = [
  [114.12, 22.25],
  [114.13, 22.25],
  [114.13, 22.26],
  [114.12, 22.25],
];

function zone(changes: object = {}, geometry: object = { type: "Polygon", coordinates: [ring] }) {
  const properties = {
    id: "zone_test",
    role: "zone",
    kind: "keepOut",
    name: { en: "Test", zhHant: "測試" },
    band: { reference: "AMSL", lowerM: null, upperM: 80 },
    source: "this test",
    confidence: "estimate",
    validity: { from: "2026-01-01T00:00:00Z", until: null },
    ...changes,
  };
  return { type: "FeatureCollection", features: [{ type: "Feature", properties, geometry }] };
}

function faultsOf(json: unknown) {
  const reading = readSiteFile(json);
  return reading.kind === "faults" ? reading.faults : [];
}

test("a zone is read with its validity as half-open epoch ms", () => {
  const reading = readSiteFile(zone());
  expect(reading).toMatchObject({
    kind: "content",
    content: {
      zones: [{ id: "zone_test", validity: { startMs: 1_767_225_600_000, endMs: null } }],
    },
  });
});

test("a Point with radiusM is a circle, and without it a fault", () => {
  const point = { type: "Point", coordinates: [114.12, 22.25] };
  expect(readSiteFile(zone({ radiusM: 400 }, point))).toMatchObject({
    content: { zones: [{ footprint: { kind: "circle", radiusM: 400 } }] },
  });
  expect(faultsOf(zone({}, point))).toMatchObject([{ feature: "zone_test", found: "none" }]);
});

test("an outline that crosses itself is refused with the vertex named", () => {
  const bow = [
    [114.12, 22.25],
    [114.13, 22.26],
    [114.13, 22.25],
    [114.12, 22.26],
    [114.12, 22.25],
  ];
  const faults = faultsOf(zone({}, { type: "Polygon", coordinates: [bow] }));
  expect(faults.some(({ feature, vertex }) => feature === "zone_test" && vertex === 0)).toBe(true);
});

test("a coordinate out of range names feature, vertex and what was found", () => {
  const bad = [...ring.slice(0, 2), [214.13, 22.26], ring[0]];
  expect(faultsOf(zone({}, { type: "Polygon", coordinates: [bad] }))).toMatchObject([
    { feature: "zone_test", vertex: 2, found: "214.13" },
  ]);
});

test.each([
  ["a band with no datum", { band: { lowerM: 0, upperM: 80 } }],
  ["an unknown kind", { kind: "nice" }],
  ["a property nobody knows", { colour: "red" }],
  ["a date that is none", { validity: { from: "yesterday", until: null } }],
])("%s is a fault", (_what, changes) => {
  expect(faultsOf(zone(changes)).length).toBeGreaterThan(0);
});

test.each([null, 7, "text", [], { type: "Feature" }, { type: "FeatureCollection" }])(
  "what is no FeatureCollection is one fault of the file: %j",
  (json) => {
    expect(faultsOf(json)[0]).toMatchObject({ feature: "the file" });
  },
);

test("what is of no known kind is told with the kinds there are", () => {
  expect(faultsOf(zone({ kind: "blob" }))).toMatchObject([
    { path: "properties.kind", expected: expect.stringMatching(/^one of "/), found: '"blob"' },
  ]);
  const line = { type: "LineString", coordinates: [[114, 22]] };
  const found = { path: "geometry.type", expected: 'one of "Point", "Polygon"' };
  expect(faultsOf(zone({}, line))).toMatchObject([{ ...found, found: '"LineString"' }]);
});
