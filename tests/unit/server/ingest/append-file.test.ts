// One growing file on a disk that refuses for a while.
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openRecordStore, sessionDirOf } from "../../../../server/cluster/record-store.ts";
import { AppendFile, waitingBytesMax } from "../../../../server/ingest/append-file.ts";
import { Recorder } from "../../../../server/ingest/recorder.ts";
import { createSealer } from "../../../../server/ingest/seal.ts";
import { createEncoder } from "../../../../server/mavlink/encode.ts";
import { createSilentLog } from "../../../support/silent-log.ts";

type Write = (bytes: Buffer, from: number, count: number, at: number) => Promise<unknown>;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "skyrange-append-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** Every open file's write, to be made to fail. */
async function writes() {
  const path = join(folder, "any");
  writeFileSync(path, "");
  const file = await open(path);
  await file.close();
  const all = Object.getPrototypeOf(file) as { write: Write };
  return { real: all.write, spy: vi.spyOn(all, "write") };
}

const diskFull = new Error("ENOSPC");

test("what a full disk did not take is in the file once it does, whole and in order", async () => {
  const { real, spy } = await writes();
  const path = join(folder, "record");
  const faults: unknown[] = [];
  const lost: number[] = [];
  const hearer = {
    onError: (error: unknown) => faults.push(error),
    onLost: (bytes: number) => lost.push(bytes),
  };
  const file = new AppendFile(path, 0, hearer);
  file.append(Buffer.from("abcdef"));
  spy.mockImplementationOnce(function (this: FileHandle, bytes, from, _count, at) {
    return real.call(this, bytes, from, 2, at);
  });
  spy.mockImplementationOnce(() => {
    file.append(Buffer.from("gh"));
    return Promise.reject(diskFull);
  });
  await file.flush();
  expect(readFileSync(path, "utf8")).toBe("ab");
  expect(file.length).toBe(8);
  file.append(Buffer.from("ij"));
  await file.close();
  expect(readFileSync(path, "utf8")).toBe("abcdefghij");
  expect([faults, lost]).toEqual([[diskFull], []]);
});

test("bytes that wait above the cap, or at the close, are told as lost", async () => {
  const { spy } = await writes();
  spy.mockRejectedValue(diskFull);
  const lost: number[] = [];
  const hearer = { onError: () => undefined, onLost: (bytes: number) => lost.push(bytes) };
  const file = new AppendFile(join(folder, "record"), 0, hearer);
  file.append(Buffer.alloc(waitingBytesMax));
  await file.flush();
  file.append(Buffer.alloc(3));
  expect([lost, file.length]).toEqual([[3], waitingBytesMax]);
  await file.close();
  expect(lost).toEqual([3, waitingBytesMax]);
});

const identity = {
  sessionId: "ses_test",
  vehicleKey: "sysid-1",
  sysid: 1,
  compid: 1,
  startMs: 1_000,
};
const heartbeat = createEncoder({ sysid: 1, compid: 1 }).heartbeat();
const heartbeatBytes = heartbeat.length + 8;

test("lost bytes of records are logged once each time they have grown", async () => {
  const { spy } = await writes();
  spy.mockRejectedValue(diskFull);
  const log = createSilentLog();
  const recorder = new Recorder(folder, "local", log);
  const record = recorder.open(identity);
  record.append(1_000_000, heartbeat, 0, heartbeat.length);
  record.close();
  expect(await recorder.flush("ses_test")).toBe(false);
  recorder.tick(1_000);
  recorder.tick(2_000);
  await recorder.flush("ses_test");
  expect(log.lines.filter((line) => line.includes("lost"))).toEqual([]);
  await recorder.close();
  expect(log.lines.filter((line) => line.includes("lost"))).toEqual([
    "error Bytes of records are lost: the disk did not take them in time.",
  ]);
});

test("what a full disk refuses of an ended session is written once there is room", async () => {
  const { spy } = await writes();
  spy.mockRejectedValue(diskFull);
  const recorder = new Recorder(folder, "local", createSilentLog());
  const record = recorder.open(identity);
  record.append(1_000_000, heartbeat, 0, heartbeat.length);
  record.close();
  expect(await recorder.flush("ses_test")).toBe(false);
  spy.mockRestore();
  recorder.tick(1_000);
  const records = openRecordStore(folder);
  await expect.poll(() => records.recordBytes("ses_test")).toBe(heartbeatBytes);
  expect(await recorder.flush("ses_test")).toBe(true);
  await recorder.close();
});

test("a flight is sealed once the disk has its whole record, and not before", async () => {
  const { spy } = await writes();
  const log = createSilentLog();
  const recorder = new Recorder(folder, "local", log);
  const record = recorder.open(identity);
  const append = (fromSecond: number, toSecond: number): void => {
    for (let second = fromSecond; second < toSecond; second++) {
      record.append(second * 1_000_000, heartbeat, 0, heartbeat.length);
    }
  };
  append(1, 30);
  await recorder.flush("ses_test");
  spy.mockRejectedValue(diskFull);
  append(30, 90);
  const told: { fromByte: number; toByte: number; sha256: string }[] = [];
  const sealer = createSealer({
    records: openRecordStore(folder),
    flush: (sessionId) => recorder.flush(sessionId),
    tell: (event) => void told.push(event),
    log,
  });
  sealer.seal({
    flightId: "flt_1",
    sessionId: "ses_test",
    armedAtMs: 1_000,
    disarmedAtMs: 55_000,
  });
  await sealer.idle();
  sealer.tick(0);
  sealer.tick(5_000);
  await sealer.idle();
  expect(told).toEqual([]);
  expect(log.lines.filter((line) => line.includes("sealed"))).toEqual([
    "error A flight cannot be sealed yet.",
  ]);
  spy.mockRestore();
  sealer.tick(5_250);
  sealer.tick(15_249);
  await sealer.idle();
  expect(told).toEqual([]);
  sealer.tick(15_250);
  await sealer.idle();
  expect(told).toMatchObject([{ fromByte: 0, toByte: 84 * heartbeatBytes }]);
  const bytes = readFileSync(join(sessionDirOf(folder, "ses_test") ?? "", "record.tlog"));
  const log84 = bytes.subarray(0, 84 * heartbeatBytes);
  expect(told[0]?.sha256).toBe(createHash("sha256").update(log84).digest("hex"));
  await recorder.close();
});
