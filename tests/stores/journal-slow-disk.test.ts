// A disk that takes its time: what is young is not told with what has waited long. Here, where each
// file has its own modules, as it puts another disk in place.
import { mkdtempSync, rmSync } from "node:fs";
import type * as Fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { diskWaitMsMax, openJournal, type Journal } from "../../server/ingest/journal.ts";
import { createSilentLog } from "../support/silent-log.ts";

const disk = vi.hoisted(() => ({ answers: [] as ((error: null) => void)[] }));
vi.mock("node:fs", async (original) => ({
  ...(await original<typeof Fs>()),
  fdatasync: (_file: number, done: (error: null) => void) => disk.answers.push(done),
}));

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "skyrange-journal-"));
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

test("under steady load each entry waits for the disk, or the whole wait allowed", () => {
  const told: number[] = [];
  const journal: Journal = openJournal(join(folder, "journal.jsonl"), "local", {
    log: createSilentLog(),
    makeEpoch: () => "epoch",
    onEntry: () => undefined,
    onTellable: () => told.push(journal.lastNumber),
  });
  const append = (): void => {
    journal.append(1, { kind: "sessionClosed", sessionId: "a", reason: "silent", recordBytes: 1 });
  };
  append();
  vi.advanceTimersByTime(40);
  append();
  disk.answers.shift()?.(null);
  expect(told).toEqual([1]);
  vi.advanceTimersByTime(55);
  append();
  // The first one's wait would be over now; of the others none has waited for so long.
  vi.advanceTimersByTime(10);
  expect(told).toEqual([1]);
  vi.advanceTimersByTime(diskWaitMsMax - 65);
  expect(told).toEqual([1, 2]);
  vi.advanceTimersByTime(55);
  expect(told).toEqual([1, 2, 3]);
  journal.close();
});
