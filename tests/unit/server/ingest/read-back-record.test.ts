// Sessions taken up again: whatever a crash left of record, index and track, they end as if there
// had been none, and only the end of a long record is read.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { JournalEvent } from "../../../../contract/wire/journal-event.ts";
import { openRecordStore, sessionDirOf } from "../../../../server/cluster/record-store.ts";
import { countFlight } from "../../../../server/ingest/count-flight.ts";
import { ingestState } from "../../../support/past-entries.ts";
import { readBackBytesMax } from "../../../../server/ingest/read-back-record.ts";
import { Recorder } from "../../../../server/ingest/recorder.ts";
import { mendRecords, resumeSessions } from "../../../../server/ingest/resume-sessions.ts";
import { createSealer } from "../../../../server/ingest/seal.ts";
import { readTrack } from "../../../../server/logs/record-track.ts";
import type { SessionRecord } from "../../../../server/telemetry/ports.ts";
import { makeFrame, makeHeartbeat } from "../../../support/mavlink-frames.ts";
import { sessionFrames, sessionIdentity as identity } from "../../../support/session-frames.ts";
import type { HeardFrame } from "../../../support/session-frames.ts";
import { createSilentLog } from "../../../support/silent-log.ts";
import { TelemetryRun } from "../../../support/telemetry-run.ts";
import { watchPlan } from "../../../support/watch-plan.ts";

let dataDir = "";
let folder = "";
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "skyrange-records-"));
  folder = sessionDirOf(dataDir, identity.sessionId) ?? "";
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Every write to an open file is refused while the disk is full. */
async function fullDisk(): Promise<{ isFull: boolean }> {
  const path = join(dataDir, "any");
  writeFileSync(path, "");
  const file = await open(path);
  await file.close();
  const all = Object.getPrototypeOf(file) as Record<
    "write" | "appendFile",
    (...given: unknown[]) => Promise<unknown>
  >;
  const disk = { isFull: true };
  for (const name of ["write", "appendFile"] as const) {
    const real = all[name];
    vi.spyOn(all, name).mockImplementation(function (this: FileHandle, ...given: unknown[]) {
      return disk.isFull ? Promise.reject(new Error("ENOSPC")) : real.apply(this, given);
    });
  }
  return disk;
}

const names = ["record.tlog", "index.bin", "track.bin"] as const;
const newRecorder = (): Recorder => new Recorder(dataDir, "local", createSilentLog());
const pathOf = (name: string): string => join(folder, name);

/** The three files of a session. */
type Files = readonly [record: Buffer, index: Buffer, track: Buffer];
const filesNow = (): Files => [
  readFileSync(pathOf(names[0])),
  readFileSync(pathOf(names[1])),
  readFileSync(pathOf(names[2])),
];

/** Names of the files that differ. */
function differing(found: Files, expected: Files): string[] {
  return names.filter((_, at) => found[at]?.equals(expected[at] ?? Buffer.alloc(0)) !== true);
}

function append(record: SessionRecord, frames: readonly HeardFrame[]): void {
  for (const { stampUs, bytes } of frames) record.append(stampUs, bytes, 0, bytes.length);
}

/** The three files of a session that nothing happened to. */
async function write(frames: readonly HeardFrame[]): Promise<Files> {
  const recorder = newRecorder();
  append(recorder.open(identity), frames);
  await recorder.close();
  return filesNow();
}

/** Takes the session up, appends what the record lacks of the frames, and ends. */
async function goOn(frames: readonly HeardFrame[]): Promise<Files> {
  const recorder = newRecorder();
  const { record, found } = await recorder.resume(identity);
  let bytes = 0;
  const missing = frames.filter((frame) => (bytes += frame.bytes.length + 8) > found.recordBytes);
  append(record, missing);
  await recorder.close();
  return filesNow();
}

const frames = sessionFrames(60);

test("wherever a crash cut each of the three files, they end as if it had not been", async () => {
  const whole = await write(frames);
  // A file may lack much or little of its end; it never has what its record has not.
  const cut = fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 30_000 }));
  await fc.assert(
    fc.asyncProperty(cut, cut, cut, async (...cuts) => {
      for (const [at, bytes] of whole.entries()) {
        const kept = Math.max(0, bytes.length - (cuts[at] ?? 0));
        writeFileSync(pathOf(names[at] ?? ""), bytes.subarray(0, kept));
      }
      expect(differing(await goOn(frames), whole)).toEqual([]);
    }),
    { numRuns: 30, seed: 7 },
  );
});

test("an index or track that is missing or of another kind is made anew", async () => {
  const whole = await write(frames);
  for (const name of ["index.bin", "track.bin"]) {
    rmSync(pathOf(name));
    expect(differing(await goOn(frames), whole)).toEqual([]);
    writeFileSync(pathOf(name), Buffer.alloc(2_000));
    expect(differing(await goOn(frames), whole)).toEqual([]);
  }
});

test("a tail of zeros, as a power loss leaves, is cut off everywhere", async () => {
  const whole = await write(frames);
  for (const [at, bytes] of whole.entries()) {
    writeFileSync(pathOf(names[at] ?? ""), Buffer.concat([bytes, Buffer.alloc(4_096)]));
  }
  expect(differing(await goOn(frames), whole)).toEqual([]);
});

test("what is known of the drone comes from the end of the record", async () => {
  await write(frames);
  const recorder = newRecorder();
  const { found } = await recorder.resume(identity);
  expect(found.lastPoint).toMatchObject({ timeBootMs: 10_000 + 599 * 100, modeName: "AUTO" });
  expect(found.lastHeardAtMs).toBe(identity.startMs + 59_900);
  await recorder.close();
});

test("what the drone said last is known again, and the id it told at the begin", async () => {
  const startUs = identity.startMs * 1000;
  const uid = [1, 2, 3, 4, 5, 6, 7, 8];
  const version = makeFrame({
    ...{ messageId: 148, crcExtra: 178 },
    payload: [...Array<number>(8).fill(0), ...uid, ...Array<number>(44).fill(0)],
  });
  const battery = [...Array<number>(14).fill(0), 0xa8, 0x3d, ...Array<number>(14).fill(0), 64];
  const systemStatus = makeFrame({ messageId: 1, crcExtra: 124, payload: battery });
  await write([
    { stampUs: startUs, bytes: version },
    ...sessionFrames(120).map(({ stampUs, bytes }) => ({ stampUs: stampUs + 1_000, bytes })),
    { stampUs: startUs + 120_000_000, bytes: systemStatus },
  ]);
  const recorder = newRecorder();
  const { found } = await recorder.resume(identity);
  expect(found.told).toMatchObject({
    heartbeat: { modeName: "STABILIZE", armed: true },
    heartbeatAtMs: identity.startMs + 119_301,
    systemStatus: { batteryV: 15.784, batteryPercent: 64 },
    position: undefined,
    autopilotUid: "0102030405060708",
  });
  expect(found.lastHeardAtMs).toBe(identity.startMs + 120_000);
  await recorder.close();
});

test("a record of more than 2 GiB is taken up by reading its end", async () => {
  const holeBytes = 3 * 1024 ** 3;
  const [record, index, track] = await write(frames);
  // All of it lies 3 GiB further back in the file; the disk holds no more than before.
  for (let row = 0; row < index.length; row += 16) {
    index.writeDoubleLE(index.readDoubleLE(row + 8) + holeBytes, row + 8);
  }
  writeFileSync(pathOf("index.bin"), index);
  truncateSync(pathOf("record.tlog"), 0);
  truncateSync(pathOf("record.tlog"), holeBytes);
  writeFileSync(pathOf("record.tlog"), Buffer.concat([record, record.subarray(0, 9)]), {
    flag: "a",
  });
  const recorder = newRecorder();
  const { found } = await recorder.resume(identity);
  expect(found.recordBytes).toBe(holeBytes + record.length);
  expect(found.cutTailBytes).toBe(9);
  expect(found.rows).toEqual({ indexBytes: index.length, trackBytes: track.length });
  await recorder.close();
  expect(readFileSync(pathOf("index.bin"))).toEqual(index);
  expect(readFileSync(pathOf("track.bin"))).toEqual(track);
});

/** A record longer than is read at start: most frames as big as they get. */
function longFrames(): HeardFrame[] {
  const payload = Array.from({ length: 255 }, () => 7);
  const big = makeFrame({ messageId: 9_999_999, crcExtra: 0, payload });
  const steady = sessionFrames(Math.ceil((readBackBytesMax * 1.6) / (big.length + 8) / 10));
  return steady.map((frame, n) => (n % 10 > 3 ? { ...frame, bytes: big } : frame));
}

test("a long record's rows are made anew beside the watch; what comes follows", async () => {
  const all = longFrames();
  const whole = await write(all);
  const cutAt = whole[0].length - 100_000;
  truncateSync(pathOf("record.tlog"), cutAt);
  rmSync(pathOf("index.bin"));
  const recorder = newRecorder();
  const { record, found } = await recorder.resume(identity);
  expect(found.recordBytes).toBeGreaterThan(readBackBytesMax);
  expect(found.rows).toBeUndefined();
  let bytes = 0;
  append(
    record,
    all.filter((frame) => (bytes += frame.bytes.length + 8) > found.recordBytes),
  );
  await recorder.close();
  expect(differing(filesNow(), whole)).toEqual([]);
});

test("a record that cannot be read ends its session and stays; no other suffers", async () => {
  await write(frames);
  const other = { ...identity, sessionId: "ses_other", vehicleKey: "sysid-2", sysid: 2 };
  const otherDir = sessionDirOf(dataDir, other.sessionId) ?? "";
  mkdirSync(join(otherDir, "record.tlog"), { recursive: true });
  copyFileSync(pathOf("index.bin"), join(otherDir, "index.bin"));
  const entries = [other, identity].map((one, n) => {
    const event = { kind: "sessionOpened" as const, ...one };
    return { node: "local", number: n + 1, atMs: one.startMs, event };
  });
  const nowMs = identity.startMs + 70_000;
  const told: string[] = [];
  const log = { ...createSilentLog(), error: (message: string) => void told.push(message) };
  const recorder = newRecorder();
  const ports = { recorder, records: openRecordStore(dataDir), log };
  const resumed = await resumeSessions(ingestState(entries, nowMs).sessions, ports);
  expect(told).toEqual(["The record of an open session cannot be read; the session ends."]);
  expect(resumed[1]?.lastPosition?.sample.timeBootMs).toBe(10_000 + 599 * 100);

  const run = new TelemetryRun(watchPlan([]));
  run.flow.resume(resumed, nowMs * 1000);
  const closed = { sessionId: "ses_other", reason: "recordUnreadable", recordBytes: 0 };
  expect(run.events("sessionClosed")).toMatchObject([closed]);
  expect([...run.flow.sessions()].map(({ sessionId }) => sessionId)).toEqual([identity.sessionId]);
  const heartbeat = makeHeartbeat({}, { sysid: 2 });
  run.hear([{ stampUs: (nowMs + 1_000) * 1000, port: 5_000, bytes: heartbeat }]);
  expect(run.events("sessionOpened").map(({ vehicleKey }) => vehicleKey)).toEqual(["sysid-2"]);
  expect(run.events("sessionOpened")[0]?.sessionId).not.toBe("ses_other");
  await recorder.close();
  expect(readdirSync(otherDir).sort()).toEqual(["index.bin", "record.tlog"]);
  expect(statSync(join(otherDir, "record.tlog")).isDirectory()).toBe(true);
});

test("an index or track that cannot be read is made anew; the session goes on", async () => {
  const whole = await write(frames);
  for (const name of ["index.bin", "track.bin"]) {
    rmSync(pathOf(name));
    mkdirSync(join(pathOf(name), "something"), { recursive: true });
    const recorder = newRecorder();
    const { found } = await recorder.resume(identity);
    expect(found.recordBytes).toBe(whole[0].length);
    const isMade = (): Promise<boolean> => recorder.flush(identity.sessionId);
    await expect.poll(isMade, { timeout: 10_000 }).toBe(true);
    await recorder.close();
    expect(differing(filesNow(), whole)).toEqual([]);
  }
});

test("on a full disk a session goes on; its rows are made anew once there is room", async () => {
  const whole = await write(frames);
  truncateSync(pathOf("index.bin"), 0);
  rmSync(pathOf("track.bin"));
  const disk = await fullDisk();
  const recorder = newRecorder();
  const { record, found } = await recorder.resume(identity);
  expect(found).toMatchObject({ recordBytes: whole[0].length, rows: undefined });
  append(record, frames.slice(-1));
  const told: JournalEvent[] = [];
  const sealer = createSealer({
    records: openRecordStore(dataDir),
    flush: (sessionId) => recorder.flush(sessionId),
    tell: (event) => void told.push(event),
    log: createSilentLog(),
  });
  const [armedAtMs, disarmedAtMs] = [identity.startMs + 10_000, identity.startMs + 20_000];
  const flight = { flightId: "flt_1", sessionId: identity.sessionId, armedAtMs, disarmedAtMs };
  sealer.seal(flight);
  await sealer.idle();
  expect(told).toEqual([]);
  // Gone once making it anew has failed.
  await expect.poll(() => existsSync(pathOf("index.bin"))).toBe(false);
  disk.isFull = false;
  await expect.poll(() => recorder.flush(identity.sessionId), { timeout: 10_000 }).toBe(true);
  sealer.tick(0);
  sealer.tick(5_000);
  await sealer.idle();
  expect(told).toMatchObject([{ flightId: "flt_1", fromByte: 0, figures: { samples: 80 } }]);
  await recorder.close();
  expect(filesNow().map(({ length }) => length)).toEqual([
    whole[0].length + 8 + (frames.at(-1)?.bytes.length ?? 0),
    whole[1].length,
    expect.any(Number),
  ]);
});

test("a closed session's files are mended, and its flight is counted from them", async () => {
  const whole = await write(frames);
  truncateSync(pathOf("track.bin"), whole[2].length - 30);
  const recorder = newRecorder();
  const records = openRecordStore(dataDir);
  const ports = { recorder, records, nowMs: identity.startMs + 70_000, log: createSilentLog() };
  await mendRecords(new Set([identity.sessionId, "ses_unknown"]), ports);
  await recorder.flush(identity.sessionId);
  expect(differing(filesNow(), whole)).toEqual([]);
  expect(readTrack(readFileSync(pathOf("track.bin")))).toHaveLength(480);
  const [armedAtMs, disarmedAtMs] = [identity.startMs + 10_000, identity.startMs + 20_000];
  const samples = async (rowsMax?: number): Promise<number> => {
    const { sessionId } = identity;
    return (await countFlight(records, sessionId, armedAtMs, disarmedAtMs, rowsMax)).figures
      .samples;
  };
  expect([await samples(), await samples(330), await samples(0)]).toEqual([80, 10, 0]);
  await recorder.close();
});
