// How long a datagram takes to be on disk for good, by real processes: from its sending to the end
// of the fdatasync that covers it. While nobody else works, and while eight people sign in and book
// without a pause, so that password hashing and the database keep the machine busy.
import { statSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { decodeFields } from "../../server/mavlink/decode.ts";
import { startIngest, type ProbedIngest } from "../run/probed-ingest.ts";
import type { FileSync } from "../run/process-probe.ts";
import { startLoad, type LoadCount } from "../run/udp-load.ts";
import { requestFor } from "../support/book-flight.ts";
import { startServer, type StartedServer } from "../support/start-server.ts";
import type { BenchFigure, BenchOptions } from "./bench-figure.ts";

const suite = "durable";
const drones = 20;
const datagramsPerS = 5_000;
const clients = 8;
const warmMs = 3_000;
const drainMs = 3_000;
/** Bookings of one hour each, from tomorrow on. */
const firstHourMs = 86_400_000;
const hourMs = 3_600_000;
const systemTimeId = 2;

/** When one phase ran, microseconds by the clock of the load maker. */
interface Phase {
  readonly fromUs: number;
  readonly untilUs: number;
}

/** Milliseconds from the sending of a datagram until the disk has it. */
export async function run({ seconds, perS, tell }: BenchOptions): Promise<BenchFigure[]> {
  const ingest = await startIngest(drones);
  let server: StartedServer | undefined;
  try {
    await ingest.usage("watchSyncs");
    const settings = { drones, datagramsPerS: perS ?? datagramsPerS, framesADatagram: 1 };
    const load = startLoad({ ...ingest.udp, ...settings });
    await wait(warmMs);
    const quiet = await phaseOf(load, () => wait(seconds * 1_000));
    server = await startServer({ dataDir: ingest.dataDir });
    const done = { signIns: 0, bookings: 0 };
    const { url } = server;
    const people = server;
    const busy = await phaseOf(load, () => signInAndBook(people, seconds * 1_000, done));
    const { skipped } = await load.stop();
    await wait(drainMs);
    const { syncs } = await ingest.usage();
    const latencies = latenciesOf(ingest, syncs);
    const rates = `${done.signIns} sign-ins and ${done.bookings} bookings in ${seconds} s`;
    tell(`${suite}: ${rates} at ${url}; the load maker left ${skipped} datagrams out.`);
    const quietMs = within(latencies, quiet);
    const busyMs = within(latencies, busy);
    return [0.5, 0.99, 1].map((share) => figureOf(share, busyMs, quietMs));
  } finally {
    await server?.stopKeepingData();
    await ingest.stop();
    ingest.removeData();
  }
}

async function phaseOf(
  load: { count(): Promise<LoadCount> },
  work: () => Promise<unknown>,
): Promise<Phase> {
  const { atUs: fromUs } = await load.count();
  await work();
  const { atUs: untilUs } = await load.count();
  return { fromUs, untilUs };
}

async function signInAndBook(
  server: StartedServer,
  durationMs: number,
  done: { signIns: number; bookings: number },
): Promise<void> {
  const endMs = performance.now() + durationMs;
  const volume = { footprint: { kind: "prepared" as const, volumeId: "vol_pier_basin" } };
  const wish = { title: "Bench", sysids: [1], volume, nowMs: Date.now(), lastsMs: hourMs / 2 };
  const person = async (): Promise<void> => {
    while (performance.now() < endMs) {
      const operator = await server.signIn("operator@demo.invalid");
      done.signIns += 1;
      const startsInMs = firstHourMs + done.signIns * hourMs;
      const request = await requestFor(operator, { ...wish, startsInMs });
      const { status } = await operator.post("/bookings", request);
      if (status === 201) done.bookings += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, person));
}

interface Latency {
  readonly sentUs: number;
  readonly ms: number;
}

/** Of each SYSTEM_TIME: the load maker writes into it when it was sent. */
function latenciesOf(ingest: ProbedIngest, syncs: readonly FileSync[]): Latency[] {
  const latencies: Latency[] = [];
  const byFile = new Map<string, readonly FileSync[]>();
  ingest.walkRecords(({ frame, end }, file) => {
    if (frame.messageId !== systemTimeId) return;
    const known = byFile.get(file);
    const own = known ?? syncsOf(file, syncs);
    if (known === undefined) byFile.set(file, own);
    const sentUs = Number(decodeFields(frame)["time_unix_usec"]);
    const covering = own.find(({ bytes }) => bytes >= end);
    const ms = covering === undefined ? Infinity : (covering.doneAtUs - sentUs) / 1_000;
    latencies.push({ sentUs, ms });
  });
  return latencies;
}

/** In the order in which they ended. */
function syncsOf(file: string, syncs: readonly FileSync[]): FileSync[] {
  const inode = statSync(file).ino;
  return syncs.filter((one) => one.inode === inode);
}

function within(latencies: readonly Latency[], { fromUs, untilUs }: Phase): number[] {
  return latencies
    .filter(({ sentUs }) => sentUs >= fromUs && sentUs < untilUs)
    .map(({ ms }) => ms)
    .sort((a, b) => a - b);
}

function figureOf(share: number, busy: readonly number[], quiet: readonly number[]): BenchFigure {
  const at = (all: readonly number[]): number =>
    all[Math.min(all.length - 1, Math.floor(share * all.length))] ?? NaN;
  const [value, baseline] = [at(busy), at(quiet)];
  const rank = share === 1 ? "slowest" : `p${share * 100}`;
  const name = `on disk, ${rank}, with 8 people signing in and booking (baseline: undisturbed)`;
  return { suite, case: name, value, unit: "ms", baseline, ratio: baseline / value };
}
