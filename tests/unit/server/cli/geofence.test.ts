// The command as a program: what it calls good, and what it says of each kind of bad file.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder = "";
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "skyrange-geofence-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function check(...files: string[]): { code: number | null; told: string } {
  const command = ["--import", "tsx", "server/cli/geofence.ts", "check", ...files];
  const { status, stdout, stderr } = spawnSync(process.execPath, command);
  return { code: status, told: `${String(stdout)}${String(stderr)}` };
}

const empty = { type: "FeatureCollection", features: [] };

test("a good file is good", () => {
  const path = "geofences/height-limits.geojson";
  expect(check(path)).toMatchObject({ code: 0, told: expect.stringContaining("1 zones.") });
});

test("one that holds nothing, one that is not there and one that is given twice end with 1", () => {
  const none = check(file("empty.geojson", JSON.stringify(empty)), join(folder, "none.geojson"));
  expect(none).toEqual({
    code: 1,
    told:
      "empty.geojson: the file, features: expected a feature or more; " +
      "found none: the file holds nothing\n" +
      "none.geojson: the file: expected a file that can be read; " +
      `found no file ${join(folder, "none.geojson")}\n`,
  });
  const zones = "geofences/height-limits.geojson";
  expect(check(zones, zones)).toMatchObject({
    code: 1,
    told: expect.stringContaining("found used before in height-limits.geojson"),
  });
});
