// Sessions taken up again: whatever a crash left of record, index and track, they end as if there
// had been none, and only the end of a long record is read.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openRecordStore, sessionDirOf } from "../../../../server/cluster/record-store.ts";
import { countFlight } from "../../../../server/ingest/count-flight.ts";
import { ingestState } from "../../../../server/ingest/ingest-state.ts";
import { readBackBytesMax } from "../../../../server/ingest/read-back-record.ts";
import { Recorder } from "../../../../server/ingest/recorder.ts";
import { mendRecords, resumeSessions } from "../../../../server/ingest/resume-sessions.ts";
import { readTrack } from "../../../../server/logs/record-track.ts";
import { tlogRecord } from "../../../../server/mavlink/tlog.ts";
import type { SessionRecord } from "../../../../server/telemetry/ports.ts";
import { makeFrame } from "../../../support/mavlink-frames.ts";
import { sessionFrames, sessionIdentity as identity } from "../../../support/session-frames.ts";
import type { HeardFrame } from "../../../support/session-frames.ts";
import { createSilentLog } from "../../../support/silent-log.ts";

let dataDir = "";
let folder = "";
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "skyrange-records-"));
  folder = sessionDirOf(dataDir, identity.sessionId) ?? "";
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

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

test("a record that cannot be read is kept aside, and no other session suffers", async () => {
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
  const ports = { recorder, records: openRecordStore(dataDir), nowMs, log };
  const [first, second] = await resumeSessions(ingestState(entries, nowMs).sessions, ports);
  expect(told).toHaveLength(1);
  expect(first).toMatchObject({ identity: other, lastHeardAtMs: nowMs, lastPosition: undefined });
  expect(second?.lastPosition?.sample.timeBootMs).toBe(10_000 + 599 * 100);
  if (first !== undefined) append(first.record, frames.slice(0, 10));
  await recorder.close();
  expect(statSync(join(otherDir, "record.tlog.aside-1")).isDirectory()).toBe(true);
  expect(existsSync(join(otherDir, "index.bin.aside-1"))).toBe(true);
  const kept = frames.slice(0, 10).map(({ stampUs, bytes }) => tlogRecord(stampUs, bytes));
  expect(readFileSync(join(otherDir, "record.tlog"))).toEqual(Buffer.concat(kept));
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
