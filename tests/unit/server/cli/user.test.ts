// The command as a program, on a database of its own.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

let dataDir = "";
beforeAll(() => (dataDir = mkdtempSync(join(tmpdir(), "skyrange-user-"))));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

function user(...args: string[]): string {
  return userIn(dataDir, ...args);
}

function userIn(dataDir: string, ...args: string[]): string {
  const command = ["--import", "tsx", "server/cli/user.ts", ...args];
  const env = { ...process.env, DATA_DIR: dataDir };
  const { stdout, stderr } = spawnSync(process.execPath, command, { env, input: "" });
  return `${String(stdout)}${String(stderr)}`;
}

test("an account that no organisation limits is made with a warning of what it may", () => {
  const told = user("add", "c@x.invalid", "--role", "controller");
  expect(told).toContain("Added c@x.invalid as controller of Site operations.");
  expect(told).toMatch(/^Warning: this account sees .* of every organisation; it accepts/m);
  expect(told).toContain("That it belongs to Site operations does not limit it.");
  expect(user("add", "o@x.invalid", "--role", "operator")).not.toContain("Warning");
});

test("where there is no organisation yet, that is said, and how one is made", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "skyrange-user-"));
  const told = userIn(dataDir, "add", "a@x.invalid", "--role", "operator", "--organisation", "A");
  rmSync(dataDir, { recursive: true, force: true });
  expect(told).toBe(
    "--organisation: there is no organisation yet; found A. Add --new-organisation to make it.\n",
  );
});

test("the help says what each role sees and may", () => {
  const told = user("--help");
  for (const role of ["operator", "pilot", "controller", "admin"]) {
    expect(told).toMatch(new RegExp(`^  ${role} +\\w`, "m"));
  }
  expect(told).toContain("is not limited by the organisation");
});
