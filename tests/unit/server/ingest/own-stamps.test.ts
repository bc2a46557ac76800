// The stamps of our own frames, over restarts, crashes and a clock that goes back.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { openOwnStamps, reservedStamps } from "../../../../server/ingest/own-stamps.ts";
import { signingStamp } from "../../../../server/mavlink/signing.ts";
import { createSilentLog } from "../../../support/silent-log.ts";

const startMs = Date.UTC(2026, 10, 22);
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "skyrange-stamps-"));
  folders.push(folder);
  return join(folder, "signing-own.json");
}

/** A seeded sequence of numbers from 0 to 1 (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test("stamps strictly increase in bursts, over kills and a clock that goes back", () => {
  for (let seed = 1; seed <= 20; seed++) {
    const random = seeded(seed);
    const path = newFile();
    let nowMs = startMs;
    let last = 0;
    let given = 0;
    // Each round is a process that is killed without a word.
    for (let round = 0; round < 12; round++) {
      const stamps = openOwnStamps(path, createSilentLog());
      for (let i = 0; i < 40; i++) {
        nowMs += Math.floor((random() - 0.3) * 30_000);
        stamps.tick(nowMs);
        for (let burst = 0; burst < 5; burst++) {
          const stamp = stamps.next(nowMs) ?? -1;
          expect(stamp).toBeGreaterThan(last);
          last = stamp;
          given += 1;
        }
      }
    }
    expect(given).toBe(2_400);
  }
});

test("a stamp is that of the moment where nothing forbids it", () => {
  const stamps = openOwnStamps(newFile(), createSilentLog());
  expect(stamps.next(startMs)).toBe(signingStamp(startMs));
  expect(stamps.next(startMs)).toBe(signingStamp(startMs) + 1);
  expect(stamps.next(startMs + 5)).toBe(signingStamp(startMs + 5));
});

test("what is used was reserved on disk before, and nothing is while nothing is signed", () => {
  const path = newFile();
  const stamps = openOwnStamps(path, createSilentLog());
  stamps.tick(startMs);
  expect(() => readFileSync(path)).toThrow("ENOENT");
  const stamp = stamps.next(startMs) ?? 0;
  const reserved = (): number =>
    (JSON.parse(readFileSync(path, "utf8")) as { reservedUntil: number }).reservedUntil;
  expect(reserved()).toBe(stamp + reservedStamps);
  stamps.tick(startMs + 70_000);
  expect(reserved()).toBe(signingStamp(startMs + 70_000) + reservedStamps);
});

test("a file that cannot be read is passed over by more than it can have held in use", () => {
  const path = newFile();
  writeFileSync(path, "{ torn");
  const log = createSilentLog();
  expect(openOwnStamps(path, log).next(startMs)).toBe(signingStamp(startMs) + reservedStamps);
  expect(log.lines).toHaveLength(1);
});

test("a disk that refuses means no stamp, not one that may come again", () => {
  const log = createSilentLog();
  const stamps = openOwnStamps(join(newFile(), "no", "such", "folder.json"), log);
  expect(stamps.next(startMs)).toBeUndefined();
  expect(log.lines[0]).toContain("could not be reserved");
});
