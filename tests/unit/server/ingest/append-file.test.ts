// One growing file on a disk that refuses for a while.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AppendFile, waitingBytesMax } from "../../../../server/ingest/append-file.ts";
import { Recorder } from "../../../../server/ingest/recorder.ts";
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

test("lost bytes of records are logged once each time they have grown", async () => {
  const { spy } = await writes();
  spy.mockRejectedValue(diskFull);
  const log = createSilentLog();
  const recorder = new Recorder(folder, "local", log);
  const identity = { sessionId: "ses_test", vehicleKey: "sysid-1", sysid: 1, compid: 1 };
  const record = recorder.open({ ...identity, startMs: 1_000 });
  const bytes = createEncoder({ sysid: 1, compid: 1 }).heartbeat();
  record.append(1_000_000, bytes, 0, bytes.length);
  record.close();
  await recorder.flush("ses_test");
  recorder.tick(1_000);
  recorder.tick(2_000);
  expect(log.lines.filter((line) => line.includes("lost"))).toEqual([
    "error Bytes of records are lost: the disk did not take them in time.",
  ]);
});
