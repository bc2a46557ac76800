// What a day-long record costs whoever else works in the process while a flight of it is looked at,
// sealed, or its session taken up again: the longest the event loop stood still, beside reading the
// files whole in the same thread. A record made up for it: 24 h, a hundred frames a second, ten of
// them positions.
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { openRecordStore, sessionDirOf } from "../../server/cluster/record-store.ts";
import { flightAfter, type FlightRecord } from "../../server/domain/flight/flight-record.ts";
import { countPosition, emptyFigureCount } from "../../server/domain/flight/flight-figures.ts";
import { readBackRecord } from "../../server/ingest/read-back-record.ts";
import { rebuildRows } from "../../server/ingest/rebuild-rows.ts";
import { createSealer } from "../../server/ingest/seal.ts";
import { createLogWorker } from "../../server/log-worker.ts";
import { readIndex } from "../../server/logs/record-index.ts";
import { readTrack } from "../../server/logs/record-track.ts";
import { tlogRecord, walkTlog } from "../../server/mavlink/tlog.ts";
import { columnsOf } from "../../server/replay-flow.ts";
import { started } from "../support/journal-entries.ts";
import { makeFrame, makeHeartbeat, makePosition } from "../support/mavlink-frames.ts";
import { sessionIdentity as identity } from "../support/session-frames.ts";
import { createSilentLog } from "../support/silent-log.ts";
import type { BenchFigure } from "./bench-figure.ts";

const daySeconds = 86_400;
const framesPerSecond = 100;
const flightMs = 20 * 60_000;
const suite = "replay";
const { sessionId } = identity;

/** Milliseconds, each beside the same done whole in one thread. */
export async function run(): Promise<BenchFigure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "skyrange-bench-"));
  const folder = sessionDirOf(dataDir, sessionId) ?? "";
  const worker = createLogWorker(dataDir);
  try {
    mkdirSync(folder, { recursive: true });
    const recordBytes = await writeDay(join(folder, "record.tlog"));
    await rebuildRows(folder, identity, recordBytes);
    const middleMs = identity.startMs + (daySeconds * 1000) / 2;
    const short = flightOf(middleMs);
    await worker.track(short); // warms up
    const track = await heldUpMs(() => worker.track(short));
    const events = await heldUpMs(() => worker.events(short, []));
    const sealShort = await heldUpMs(() => seal(dataDir, middleMs, middleMs + flightMs));
    const sealDay = await heldUpMs(() =>
      seal(dataDir, identity.startMs, identity.startMs + daySeconds * 1000),
    );
    const resumed = await heldUpMs(() => readBackRecord(folder, identity));
    // What is read whole comes last: the memory it leaves behind would hold up the others.
    const wholeTrack = await heldUpMs(async () => readWhole(folder, middleMs));
    const sealWhole = await heldUpMs(() => sealWholeDay(folder));
    const resumedWhole = await heldUpMs(async () => readAll(folder));
    return [
      figure("held up by the track of 20 min", track, wholeTrack),
      figure("held up by its time line", events, wholeTrack),
      figure("held up by sealing 20 min", sealShort, sealWhole),
      figure("held up by sealing 24 h", sealDay, sealWhole),
      figure("held up by taking the session up", resumed, resumedWhole),
    ];
  } finally {
    await worker.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function figure(name: string, value: number, baseline: number): BenchFigure {
  return { suite, case: name, value, unit: "ms", baseline, ratio: baseline / value };
}

/** The longest that nothing else could run while the work was done. */
async function heldUpMs(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await wait(20);
  delay.reset();
  // Its next sample only begins to count.
  await wait(20);
  await work();
  await wait(20);
  delay.disable();
  return delay.max / 1e6;
}

/** Returns its length. Every second has the same frames at later times. */
async function writeDay(path: string): Promise<number> {
  const frames = Array.from({ length: framesPerSecond }, (_, n) => {
    if (n === 3) return makeHeartbeat();
    if (n % 10 === 5) return makePosition({ lat: 222_607_000 + n });
    return makeFrame({ messageId: 9_999_999, crcExtra: 0, payload: [n, ...new Array<number>(30)] });
  });
  const records = frames.map((frame) => tlogRecord(0, frame));
  const second = Buffer.concat(records);
  const file = await open(path, "w");
  for (let s = 0; s < daySeconds; s++) {
    let at = 0;
    records.forEach((record, n) => {
      const stampUs = BigInt((identity.startMs + s * 1000 + n * 10) * 1000);
      second.writeBigUInt64BE(stampUs, at);
      at += record.length;
    });
    await file.appendFile(second);
  }
  await file.close();
  return second.length * daySeconds;
}

function flightOf(armedAtMs: number): FlightRecord {
  const begun = { ...started, sessionId, sysid: 1, armedAtMs };
  const figures = emptyFigureCount.figures;
  const flown = flightAfter(undefined, begun, armedAtMs, false);
  const disarmedAtMs = armedAtMs + flightMs;
  const landed = { kind: "flightLanded" as const, flightId: begun.flightId, disarmedAtMs, figures };
  const record = flightAfter(flown, landed, disarmedAtMs, false);
  if (record === undefined) throw new Error("a started flight is a flight");
  return record;
}

async function seal(dataDir: string, armedAtMs: number, disarmedAtMs: number): Promise<void> {
  let sealed = 0;
  const sealer = createSealer({
    records: openRecordStore(dataDir),
    flush: () => Promise.resolve(true),
    tell: () => (sealed += 1),
    log: createSilentLog(),
  });
  sealer.seal({ flightId: "flt_1", sessionId, armedAtMs, disarmedAtMs });
  await sealer.idle();
  if (sealed !== 1) throw new Error("the flight was not sealed");
}

/** The track of 20 minutes from the whole file. */
function readWhole(folder: string, fromMs: number): void {
  const points = readTrack(readFileSync(join(folder, "track.bin")));
  const own = points.filter(
    ({ stampUs }) => stampUs >= fromMs * 1000 && stampUs < (fromMs + flightMs) * 1000,
  );
  if (JSON.stringify(columnsOf(own)).length < 1_000) throw new Error("the track is empty");
}

/** Index and track read whole; the hash in a stream, as ever. */
async function sealWholeDay(folder: string): Promise<void> {
  readIndex(readFileSync(join(folder, "index.bin")));
  const track = readTrack(readFileSync(join(folder, "track.bin")));
  const { figures } = track.reduce(countPosition, emptyFigureCount);
  createHash("sha256").update(String(figures.samples)).digest("hex");
  await wait(0);
}

/** The whole record. */
function readAll(folder: string): void {
  let frames = 0;
  walkTlog(readFileSync(join(folder, "record.tlog")), () => (frames += 1));
  if (frames !== daySeconds * framesPerSecond) throw new Error(`${frames} frames found`);
}
