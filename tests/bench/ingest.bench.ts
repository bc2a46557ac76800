// What one datagram costs in the ingest process: decode, track, watch and record to disk, beside
// node-mavlink decoding the same datagrams. Processor time, both in the same run. First without
// sockets: flight a, booked, flown over and over without a pause. Then what
// signatures cost (ingest-signed.ts), and all of it by real sockets (ingest-udp.ts).
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeId } from "../../contract/ids.ts";
import { mavlinkFrames } from "../../server/ingest/mavlink-frames.ts";
import { Recorder } from "../../server/ingest/recorder.ts";
import { TelemetryFlow } from "../../server/telemetry-flow.ts";
import { flightsAvailable, flightsDir } from "../support/flights.ts";
import { readWithNodeMavlink } from "../support/node-mavlink-reader.ts";
import { createSilentLog } from "../support/silent-log.ts";
import { heardInPcap, link, type HeardDatagram } from "../support/telemetry-run.ts";
import { plannedBooking, watchPlan } from "../support/watch-plan.ts";
import type { BenchFigure, BenchOptions } from "./bench-figure.ts";
import { runSigned } from "./ingest-signed.ts";
import { runUdp } from "./ingest-udp.ts";

const passes = 20;
const tickUs = 250_000;
/** From the end of one pass to the start of the next: the boot clock begins again. */
const pauseUs = 5_000_000;

/** Microseconds of processor time a datagram, and datagrams a second on one core. */
export async function run(options: BenchOptions): Promise<BenchFigure[]> {
  if (!flightsAvailable) throw new Error(`the ingest bench needs the flights in ${flightsDir}`);
  const { datagrams } = heardInPcap("a_normal.pcap");
  await flyUs(datagrams, 2); // warms up
  const value = await flyUs(datagrams, passes);
  const bytes = datagrams.map((one) => one.bytes);
  let read = 0;
  await readWithNodeMavlink(bytes, () => (read += 1));
  const before = process.cpuUsage();
  await readWithNodeMavlink(bytes, () => (read += 1));
  const baseline = sumUs(process.cpuUsage(before)) / datagrams.length;
  if (read === 0) throw new Error("node-mavlink decoded nothing");
  const ratio = baseline / value;
  const suite = "ingest";
  return [
    { suite, case: "one datagram, recorded", value, unit: "us", baseline, ratio },
    {
      suite,
      case: "datagrams a second on one core",
      value: 1e6 / value,
      unit: "1/s",
      baseline: 1e6 / baseline,
      ratio,
    },
    ...runSigned(),
    ...(await runUdp(options)),
  ];
}

/** Processor time a datagram, writing included. */
async function flyUs(datagrams: readonly HeardDatagram[], times: number): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), "skyrange-bench-"));
  const recorder = new Recorder(dataDir, "bench", createSilentLog());
  const flow = new TelemetryFlow({
    stationSysids: new Set([245, 255]),
    frames: mavlinkFrames,
    openRecord: (identity) => recorder.open(identity),
    tell: () => undefined,
    seal: () => undefined,
    makeId: (kind) => makeId(kind, randomBytes(20)),
    log: createSilentLog(),
  });
  const firstUs = datagrams[0]?.stampUs ?? 0;
  const spanUs = (datagrams.at(-1)?.stampUs ?? 0) - firstUs + pauseUs;
  const endMs = (firstUs + times * spanUs) / 1000;
  flow.setPlan(watchPlan([plannedBooking(firstUs / 1000, [1], { endMs })]));
  const from = link(50_000);
  let tickAtUs = firstUs;
  const before = process.cpuUsage();
  for (let time = 0; time < times; time++) {
    for (const { stampUs, bytes } of datagrams) {
      const atUs = stampUs + time * spanUs;
      if (atUs >= tickAtUs) {
        flow.onTick(atUs);
        recorder.tick(atUs / 1000);
        tickAtUs = atUs + tickUs;
      }
      flow.onDatagram(bytes, from, atUs);
    }
    // As in the process: what waits is written while others go on.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await recorder.close();
  const cost = sumUs(process.cpuUsage(before)) / (times * datagrams.length);
  rmSync(dataDir, { recursive: true, force: true });
  return cost;
}

function sumUs({ user, system }: NodeJS.CpuUsage): number {
  return user + system;
}
