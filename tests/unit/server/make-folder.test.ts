// DATA_DIR: made with what is above it, or refused at once.
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeFolder } from "../../../server/make-folder.ts";

const root = mkdtempSync(path.join(tmpdir(), "skyrange-folder-"));
afterAll(() => rmSync(root, { recursive: true }));

test("a folder is made with those above it, for its owner alone", () => {
  const folder = path.join(root, "a", "b");
  makeFolder(folder);
  makeFolder(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
  expect(statSync(folder).mode & 0o077).toBe(0);
});

test("a file in its place or above it is refused", () => {
  const file = path.join(root, "file");
  writeFileSync(file, "");
  expect(() => makeFolder(file)).toThrow(/ENOTDIR/);
  expect(() => makeFolder(path.join(file, "below"))).toThrow(/ENOTDIR/);
});

// Skipped where the system has no /proc: only there is a new folder refused as if its parent
// were missing.
test.skipIf(process.platform !== "linux")("where the system takes no folders it is refused", () => {
  expect(() => makeFolder("/proc/skyrange/data")).toThrow(/ENOENT/);
});
