// Logs read in a thread: the same answers as read here, and what goes wrong is told to the asker.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sessionDirOf } from "../../../server/cluster/record-store.ts";
import { flightAfter, type FlightRecord } from "../../../server/domain/flight/flight-record.ts";
import { Recorder } from "../../../server/ingest/recorder.ts";
import { createLogReader } from "../../../server/log-reader.ts";
import { createLogWorker, logQuestionsMax, type LogWorker } from "../../../server/log-worker.ts";
import { LogReaderBusy } from "../../../server/replay/log-reader.ts";
import { started } from "../../support/journal-entries.ts";
import { sessionFrames, sessionIdentity as identity } from "../../support/session-frames.ts";
import { createSilentLog } from "../../support/silent-log.ts";

let dataDir = "";
let worker: LogWorker;

const { sessionId } = identity;
const begun = { ...started, sessionId, sysid: 1, armedAtMs: identity.startMs + 70_000 };
const record = flightAfter(undefined, begun, begun.armedAtMs, false) as FlightRecord;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "skyrange-worker-"));
  const recorder = new Recorder(dataDir, "local", createSilentLog());
  const written = recorder.open(identity);
  for (const { stampUs, bytes } of sessionFrames(100)) {
    written.append(stampUs, bytes, 0, bytes.length);
  }
  await recorder.close();
  worker = createLogWorker(dataDir);
});
afterAll(async () => {
  await worker.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

test("track and time line are those that are read without a thread", async () => {
  const here = createLogReader(dataDir);
  const track = textOf(await worker.track(record));
  expect(track).toBe(textOf(await here.track(record)));
  expect((JSON.parse(track) as { timeMs: number[] }).timeMs).toHaveLength(90 * 8);
  const events = textOf(await worker.events(record, []));
  expect(events).toBe(textOf(await here.events(record, [])));
  expect(events).toContain('"kind":"mode"');
});

test("a flight without a record has neither", async () => {
  const gone = { ...record, flight: { ...record.flight, sessionId: "ses_gone" } };
  expect(await worker.track(gone)).toBeUndefined();
  expect(await worker.events(gone, [])).toBeUndefined();
});

test("a track that cannot be read is told to whoever asked, and others are answered", async () => {
  const other = "ses_other";
  const recorder = new Recorder(dataDir, "local", createSilentLog());
  recorder.open({ ...identity, sessionId: other });
  await recorder.close();
  const folder = sessionDirOf(dataDir, other) ?? "";
  writeFileSync(join(folder, "record.tlog"), "");
  writeFileSync(join(folder, "track.bin"), Buffer.alloc(100));
  const bad = { ...record, flight: { ...record.flight, sessionId: other } };
  const [first, second] = await Promise.allSettled([worker.track(bad), worker.track(record)]);
  expect(first).toMatchObject({ status: "rejected" });
  expect(second.status).toBe("fulfilled");
});

test("more questions than the limit are refused at once", async () => {
  const asked = Array.from({ length: logQuestionsMax + 1 }, () => worker.track(record));
  const answers = await Promise.allSettled(asked);
  const refused = answers.filter(({ status }) => status === "rejected");
  expect(refused).toEqual([{ status: "rejected", reason: expect.any(LogReaderBusy) as unknown }]);
});
