// Files of a site as they lie on the disk: how they are read, and what must hold of all together.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeFault, readSiteFiles } from "../../../../server/store/site-files.ts";

let folder = "";
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "skyrange-site-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function feature(role: object, geometry: object = { type: "Point", coordinates: [114.13, 22.25] }) {
  const properties = {
    name: { en: "Test", zhHant: "測試" },
    source: "this test",
    confidence: "estimate",
    validity: { from: null, until: null },
    ...role,
  };
  return { type: "Feature", properties, geometry };
}

const site = feature({ id: "site_a", role: "site", groundAmslM: 4 });
const pad = (id: string, siteId = "site_a") =>
  feature({ id, role: "resource", siteId, kind: "pad", surfaceAmslM: 4 });

function write(name: string, content: object | string): string {
  const path = join(folder, name);
  const text = typeof content === "string" ? content : JSON.stringify(content);
  writeFileSync(path, text);
  return path;
}

const collection = (...features: object[]) => ({ type: "FeatureCollection", features });

/** Each fault in one line; none where the files are good. */
function told(...paths: string[]): string[] {
  const reading = readSiteFiles(paths);
  return reading.kind === "faults" ? reading.faults.map(describeFault) : [];
}

test("an id is used once, in one file and in all that are given together", () => {
  const twice = write("twice.geojson", collection(site, pad("pad_1"), pad("pad_1")));
  const once = "expected an id used once; found used before in";
  expect(told(twice)).toEqual([`twice.geojson: pad_1, properties.id: ${once} twice.geojson`]);
  const sites = write("sites.geojson", collection(site));
  const pads = write("pads.geojson", collection(pad("pad_1"), pad("site_a")));
  expect(told(sites, pads)).toEqual([`pads.geojson: site_a, properties.id: ${once} sites.geojson`]);
  expect(told(sites, sites)).toHaveLength(1);
  expect(told(pads)).toEqual([]);
});

test("what belongs to a site that is not there is refused where there are sites", () => {
  const sites = write("sites.geojson", collection(site));
  const pads = write("pads.geojson", collection(pad("pad_1", "site_b")));
  expect(told(sites, pads)).toEqual([
    "pads.geojson: pad_1, properties.siteId: expected one of site_a; found site_b",
  ]);
  expect(told(pads)).toEqual([]);
});

test("a byte order mark before the text is no fault", () => {
  expect(told(write("bom.geojson", `\uFEFF${JSON.stringify(collection(site))}`))).toEqual([]);
});

test("a file that cannot be read is told apart from one that is no JSON", () => {
  const none = join(folder, "none.geojson");
  expect(told(none)).toEqual([
    `none.geojson: the file: expected a file that can be read; found no file ${none}`,
  ]);
  expect(told(folder)[0]).toContain(`found a folder, ${folder}`);
  expect(told(write("half.geojson", "{"))[0]).toContain(
    "half.geojson: the file: expected readable",
  );
  const latin = join(folder, "latin.geojson");
  writeFileSync(latin, Buffer.from([0x22, 0xe9, 0x22]));
  expect(told(latin)[0]).toContain("expected text in UTF-8");
});

test("a file that holds nothing says so", () => {
  expect(told(write("empty.geojson", collection()))).toEqual([
    "empty.geojson: the file, features: expected a feature or more; " +
      "found none: the file holds nothing",
  ]);
});

test("a number beyond the range is told in words", () => {
  const text = JSON.stringify(collection(site)).replace('"groundAmslM":4', '"groundAmslM":1e999');
  expect(told(write("large.geojson", text))).toEqual([
    "large.geojson: site_a, properties.groundAmslM: " +
      "expected a number; found a number beyond the range",
  ]);
});

const crsNamed = (name: string) => ({ type: "name", properties: { name } });

test.each([
  ["urn:ogc:def:crs:OGC:1.3:CRS84", 0],
  ["urn:ogc:def:crs:OGC::CRS84", 0],
  ["http://www.opengis.net/def/crs/OGC/1.3/CRS84", 0],
  ["urn:ogc:def:crs:EPSG::4326", 0],
  ["EPSG:4326", 0],
  ["WGS84", 0],
  ["urn:ogc:def:crs:EPSG::2326", 1],
  ["EPSG:14326", 1],
  ["EPSG:3857", 1],
  ["", 1],
])("a file that names the reference system %j has %i faults", (name, faults) => {
  const path = write("crs.geojson", { ...collection(site), crs: crsNamed(name) });
  expect(told(path)).toHaveLength(faults);
});

test("another reference system is refused with what was found, on a feature too", () => {
  const crs = crsNamed("urn:ogc:def:crs:EPSG::2326");
  const [fault] = told(write("crs.geojson", { ...collection(site), crs }));
  expect(fault).toContain("crs.geojson: the file, crs: expected no crs, or one that names CRS84");
  expect(fault).toContain(`found ${JSON.stringify(crs)}`);
  expect(told(write("crs.geojson", { ...collection(site), crs: null }))[0]).toContain("found null");
  const [inside] = told(write("crs.geojson", collection({ ...site, crs })));
  expect(inside).toContain("crs.geojson: site_a, crs: expected no crs");
});
