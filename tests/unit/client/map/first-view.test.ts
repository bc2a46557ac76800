import { expect, test } from "vitest";
import { shouldFit, viewOfSite, type View } from "../../../../client/map/first-view.ts";
import type { Footprint } from "../../../../contract/wire/geometry.ts";
import type { Zone } from "../../../../contract/wire/zone.ts";
import { site } from "../book/form-samples.ts";

function box(south: number, north: number, west: number, east: number): Footprint {
  const ring: [number, number][] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { kind: "polygon", polygon: { type: "Polygon", coordinates: [ring] } };
}

function area(id: string, footprint: Footprint): Zone {
  return {
    id,
    version: 1,
    kind: "operatingArea",
    name: { en: id, zhHant: id },
    footprint,
    band: { reference: "AMSL", lowerM: null, upperM: null },
    validity: { startMs: null, endMs: null },
    source: "test",
    confidence: "estimate",
    sha256: "",
    inForce: true,
  };
}

const view = (key: string, south: number): View => ({
  key,
  bounds: {
    southWest: { latDeg: south, lngDeg: 114.12 },
    northEast: { latDeg: 22.26, lngDeg: 114.13 },
  },
});
const pier = area("pier", box(22.2555, 22.265, 114.119, 114.132));
const far = area("far", box(22.1, 22.2, 114.119, 114.132));

test("the first view of a site holds its whole operating area and not another site's", () => {
  expect(viewOfSite(site, [pier, far], [])).toEqual({
    key: site.id,
    bounds: {
      southWest: { latDeg: 22.2555, lngDeg: 114.119 },
      northEast: { latDeg: 22.265, lngDeg: 114.132 },
    },
  });
});

test("it reaches out to what is booked today, wherever that is", () => {
  const booked = box(22.2525, 22.2556, 114.1266, 114.1288);
  const reached = viewOfSite(site, [pier, far], [booked]);
  expect(reached?.bounds.southWest.latDeg).toBe(22.2525);
  expect(reached?.bounds.northEast.latDeg).toBe(22.265);
});

test("where no area lies around the site's volumes all areas are shown", () => {
  expect(viewOfSite(site, [far], [])?.bounds.southWest.latDeg).toBe(22.1);
});

test("a map that nobody moved follows its view as it grows, and not as it shrinks", () => {
  expect(shouldFit(undefined, view("", 22.25), false)).toBe(true);
  expect(shouldFit(view("", 22.25), view("site_pier", 22.255), false)).toBe(true);
  expect(shouldFit(view("site_pier", 22.255), view("site_pier", 22.25), false)).toBe(true);
  expect(shouldFit(view("site_pier", 22.25), view("site_pier", 22.255), false)).toBe(false);
});

test("a map that somebody moved stays, until another site is chosen", () => {
  expect(shouldFit(undefined, view("site_pier", 22.25), true)).toBe(false);
  expect(shouldFit(view("", 22.25), view("site_pier", 22.25), true)).toBe(false);
  expect(shouldFit(view("site_pier", 22.255), view("site_pier", 22.25), true)).toBe(false);
  expect(shouldFit(view("site_pier", 22.25), view("site_park", 22.25), true)).toBe(true);
});
