// `npm run log`: what it writes and refuses, in this process; what only a process of its own shows
// (exit code, a reader that leaves early) as a user runs it.
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runLogCommand } from "../../../../server/cli/log-command.ts";
import { tlogRecord } from "../../../../server/mavlink/tlog.ts";
import { concatBytes, makeHeartbeat, makePosition } from "../../../support/mavlink-frames.ts";

const program = ["--import", "tsx", "server/cli/log.ts"];
const startUs = 1_795_363_290_150_618;
let folder = "";

function fileOf(name: string, bytes: Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "skyrange-log-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What the command wrote, and why it was refused where it was. */
async function run(...args: readonly string[]) {
  let written = "";
  const refusal = await runLogCommand(args, (text) => {
    written += `${text}\n`;
    return Promise.resolve();
  });
  return { written, refusal };
}

const smallLog = concatBytes(
  tlogRecord(startUs, makeHeartbeat()),
  tlogRecord(startUs + 1_000_000, makePosition({}, { sequence: 1 })),
);

test("inspect says what is in a log, in words and in JSON", async () => {
  const file = fileOf("small.tlog", smallLog);
  const words = await run("inspect", file);
  expect(words.refusal).toBeUndefined();
  expect(words.written).toContain("2 frames, 0 damaged spans");
  expect(words.written).toContain("2026-11-23 00:01:30.150+08:00");
  expect(words.written).toContain("33.0 m AMSL, 30.0 m above home");
  const json = await run("inspect", file, "--json");
  expect(JSON.parse(json.written)).toMatchObject({ format: "tlog", frames: 2, badSpans: 0 });
});

test("dump writes one line a message", async () => {
  const file = fileOf("dump.tlog", smallLog);
  const { written } = await run("dump", file, "--types", "HEARTBEAT", "--json");
  expect(written.trim().split("\n")).toHaveLength(1);
});

test.each([
  [["inspect", "/no/such.tlog"], "/no/such.tlog cannot be read"],
  [["inspect", "package.json"], "package.json is not a tlog"],
  [["dump", "package.json"], "package.json is not a tlog"],
  [["export", "x"], 'There is no command "export". There are:'],
  [[], "No command. There are:"],
  [["inspect"], "inspect takes one file"],
  [["inspect", "a", "--nope"], "--nope"],
])("%j is refused and says what is wrong", async (args, said) => {
  const { written, refusal } = await run(...args);
  expect(written).toBe("");
  expect(refusal).toContain(said);
});

test("a refused command ends with 1, its reason on the error output and no stack", async () => {
  const ended = await new Promise((resolve) => {
    execFile(process.execPath, [...program, "inspect"], (error, stdout, stderr) => {
      resolve({ code: error?.code, stdout, stderr });
    });
  });
  const told = expect.stringMatching(/^inspect takes one file:\n(npm run log .+\n)+$/);
  expect(ended).toEqual({ code: 1, stdout: "", stderr: told });
});

test("logs of other kinds are named", async () => {
  const dataFlash = fileOf("a.BIN", new Uint8Array([0xa3, 0x95, 0x80, 0x80]));
  const empty = fileOf("empty.tlog", new Uint8Array(0));
  const raw = fileOf("raw.mavlink", makeHeartbeat());
  expect((await run("inspect", dataFlash)).refusal).toContain("an ArduPilot DataFlash log");
  expect((await run("inspect", empty)).refusal).toContain("is empty");
  expect((await run("inspect", raw)).refusal).toContain("a raw MAVLink stream without times");
});

test("a reader that has seen enough ends the dump without an error", async () => {
  const many = Array.from({ length: 20_000 }, () => tlogRecord(startUs, makeHeartbeat()));
  const file = fileOf("long.tlog", new Uint8Array(Buffer.concat(many)));
  const child = spawn(process.execPath, [...program, "dump", file]);
  let complaint = "";
  child.stderr.on("data", (bytes: Buffer) => (complaint += bytes.toString()));
  child.stdout.once("data", () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect({ code, complaint }).toEqual({ code: 0, complaint: "" });
});
