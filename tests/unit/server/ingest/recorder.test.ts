// Records on a real disk: written, cut by a crash, gone on with, sealed.
import { createHash } from "node:crypto";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { JournalEvent } from "../../../../contract/wire/journal-event.ts";
import { openRecordStore, sessionDirOf } from "../../../../server/cluster/record-store.ts";
import { AppendFile } from "../../../../server/ingest/append-file.ts";
import { Recorder } from "../../../../server/ingest/recorder.ts";
import { createSealer } from "../../../../server/ingest/seal.ts";
import { readIndex } from "../../../../server/logs/record-index.ts";
import { readTrack } from "../../../../server/logs/record-track.ts";
import { createEncoder } from "../../../../server/mavlink/encode.ts";
import { tlogRecord } from "../../../../server/mavlink/tlog.ts";
import { flightsAvailable } from "../../../support/flights.ts";
import { createSilentLog } from "../../../support/silent-log.ts";
import { heardInPcap } from "../../../support/telemetry-run.ts";

let dataDir = "";
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "skyrange-records-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const identity = {
  sessionId: "ses_test",
  vehicleKey: "sysid-1",
  sysid: 1,
  compid: 1,
  startMs: 1_800_000_000_000,
};
const startUs = identity.startMs * 1000;

function newRecorder(): Recorder {
  return new Recorder(dataDir, "local", createSilentLog());
}

function fileNow(name: string): Buffer {
  return readFileSync(join(sessionDirOf(dataDir, "ses_test") ?? "", name));
}

/** Ten frames a second. */
function frames(count: number): { stampUs: number; bytes: Uint8Array }[] {
  const encoder = createEncoder({ sysid: 1, compid: 1 });
  return Array.from({ length: count }, (_, n) => {
    return { stampUs: startUs + n * 100_000, bytes: encoder.heartbeat() };
  });
}

function tlogOf(all: readonly { stampUs: number; bytes: Uint8Array }[]): Buffer {
  return Buffer.concat(all.map(({ stampUs, bytes }) => tlogRecord(stampUs, bytes)));
}

test("what is appended is on disk after a flush, as a tlog with its index", async () => {
  const recorder = newRecorder();
  const record = recorder.open(identity);
  const all = frames(100);
  for (const { stampUs, bytes } of all) record.append(stampUs, bytes, 0, bytes.length);
  expect(record.bytes()).toBe(tlogOf(all).length);
  await recorder.flush(identity.sessionId);
  const store = openRecordStore(dataDir);
  expect(await store.session("ses_test")).toEqual({ ...identity, node: "local" });
  expect(await store.recordBytes("ses_test")).toBe(tlogOf(all).length);
  expect(fileNow("record.tlog")).toEqual(tlogOf(all));
  const rows = readIndex(fileNow("index.bin"));
  expect(rows.map(({ stampUs }) => stampUs - startUs)).toEqual(
    Array.from({ length: 10 }, (_, s) => s * 1e6),
  );
  await recorder.close();
});

test("the tick writes within 250 ms", async () => {
  const recorder = newRecorder();
  const record = recorder.open(identity);
  const [frame] = frames(1);
  if (frame === undefined) throw new Error("one frame was made");
  recorder.tick(1_000);
  record.append(frame.stampUs, frame.bytes, 0, frame.bytes.length);
  recorder.tick(1_250);
  await recorder.flush("ses_other"); // waits for nothing of this session
  await expect
    .poll(() => openRecordStore(dataDir).recordBytes("ses_test"))
    .toBe(frame.bytes.length + 8);
  await recorder.close();
});

test("the record is forced to disk twice a second, its index and track less often", async () => {
  const synced = vi.spyOn(AppendFile.prototype, "sync");
  const recorder = newRecorder();
  recorder.open(identity);
  recorder.tick(10_000);
  await vi.waitFor(() => expect(synced).toHaveBeenCalledTimes(3));
  // Ticks come a little early and a little late.
  const tickAtMs = [10_250, 10_498, 10_752, 10_999, 11_251, 11_500];
  for (const nowMs of tickAtMs) recorder.tick(nowMs);
  expect(synced).toHaveBeenCalledTimes(3 + 3);
  await recorder.close();
  synced.mockRestore();
});

test("a record torn by a crash is cut to its last whole frame and gone on with", async () => {
  const all = frames(50);
  const before = newRecorder();
  const first = before.open(identity);
  for (const { stampUs, bytes } of all.slice(0, 30)) first.append(stampUs, bytes, 0, bytes.length);
  await before.close();
  const path = join(sessionDirOf(dataDir, "ses_test") ?? "", "record.tlog");
  appendFileSync(path, tlogOf(all.slice(30, 31)).subarray(0, 17));

  const after = newRecorder();
  const { record, found } = await after.resume(identity);
  expect(found.cutTailBytes).toBe(17);
  expect(found.recordBytes).toBe(tlogOf(all.slice(0, 30)).length);
  for (const { stampUs, bytes } of all.slice(30)) record.append(stampUs, bytes, 0, bytes.length);
  await after.close();
  expect(readFileSync(path)).toEqual(tlogOf(all));
  const index = readIndex(fileNow("index.bin"));
  expect(index.map(({ stampUs }) => (stampUs - startUs) / 1e6)).toEqual([0, 1, 2, 3, 4]);
});

test("ids that are no session's name no file", async () => {
  const store = openRecordStore(dataDir);
  for (const id of ["../etc", "ses_../x", "ses_", "", "ses_A", "ses_a/b"]) {
    expect(await store.recordBytes(id)).toBeUndefined();
    expect(await store.session(id)).toBeUndefined();
    expect(store.readRecord(id, 0, 1)).toBeUndefined();
    expect(await store.open(id, "index")).toBeUndefined();
  }
  expect(await store.open("ses_unknown", "index")).toBeUndefined();
});

// Skipped where the recorded flights are absent; tests/support/flights.ts says so.
const flightTest = test.skipIf(!flightsAvailable);

flightTest("a seal is the hash of the flight's bytes, with its range and figures", async () => {
  const heard = heardInPcap("a_normal.pcap");
  const recorder = newRecorder();
  const record = recorder.open(identity);
  for (const { stampUs, bytes } of heard.datagrams) {
    if (bytes[0] === 0xfd) record.append(stampUs, bytes, 0, bytes.length);
  }
  const told: Extract<JournalEvent, { kind: "flightSealed" }>[] = [];
  const sealer = createSealer({
    records: openRecordStore(dataDir),
    flush: (sessionId) => recorder.flush(sessionId),
    tell: (event) => void told.push(event),
    log: createSilentLog(),
  });
  const armedAtMs = heard.firstUs / 1000 + 100_000;
  const disarmedAtMs = heard.firstUs / 1000 + 150_000;
  sealer.seal({ flightId: "flt_1", sessionId: "ses_test", armedAtMs, disarmedAtMs });
  await sealer.idle();

  const [sealed] = told;
  const path = join(sessionDirOf(dataDir, "ses_test") ?? "", "record.tlog");
  const bytes = readFileSync(path).subarray(sealed?.fromByte, sealed?.toByte);
  expect(sealed?.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
  expect(sealed?.endedWithoutDisarming).toBe(false);
  const seconds = (at: number): number => Number(bytes.readBigUInt64BE(at)) / 1e6;
  expect(seconds(0) - (armedAtMs / 1000 - 60)).toBeLessThanOrEqual(0);
  expect(seconds(0) - (armedAtMs / 1000 - 60)).toBeGreaterThan(-1.1);
  expect(sealed?.figures.samples).toBe(500);
  const track = readTrack(fileNow("track.bin"));
  expect(track).toHaveLength(2318 - 55);
  await recorder.close();
});
