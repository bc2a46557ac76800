// What decoding costs, beside node-mavlink on the same frames in the same run: processor time of
// all fields of every frame of flight a, one frame a datagram and as one tlog. Rounds alternate,
// and each figure is the median of its rounds, since shared machines are noisy.

import { decodeFields } from "../../server/mavlink/decode.ts";
import { scanDatagram } from "../../server/mavlink/frame-scanner.ts";
import { toSample } from "../../server/mavlink/to-sample.ts";
import { walkTlog } from "../../server/mavlink/tlog.ts";
import { flightsAvailable, flightsDir, readFlight } from "../support/flights.ts";
import { readWithNodeMavlink } from "../support/node-mavlink-reader.ts";
import type { BenchFigure } from "./bench-figure.ts";

const rounds = 5;
const passesPerRound = 10;

/** Microseconds of processor time a frame; `ratio` is how many times faster than node-mavlink. */
export async function run(): Promise<BenchFigure[]> {
  if (!flightsAvailable) throw new Error(`the decode bench needs the flights in ${flightsDir}`);
  const tlog = readFlight("a_normal.tlog");
  const datagrams: Uint8Array[] = [];
  walkTlog(tlog, ({ frame }) => datagrams.push(frame.bytes.slice(frame.start, frame.end)));
  let kept: unknown; // keeps the work from being optimised away

  const cases = {
    "all fields, one frame a datagram": () => {
      for (const datagram of datagrams) {
        scanDatagram(datagram, (frame) => (kept = decodeFields(frame)));
      }
    },
    "samples, one frame a datagram": () => {
      for (const datagram of datagrams) {
        scanDatagram(datagram, (frame) => (kept = toSample(frame)));
      }
    },
    "all fields, one tlog": () => {
      walkTlog(tlog, ({ frame }) => (kept = decodeFields(frame)));
    },
  };

  const baselines: number[] = [];
  const costs = Object.keys(cases).map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    const isWarmUp = round === 0;
    const baseline = await costUs(1, async () =>
      readWithNodeMavlink(datagrams, (_packet, message) => (kept = message)),
    );
    if (!isWarmUp) baselines.push(baseline / datagrams.length);
    for (const [i, work] of Object.values(cases).entries()) {
      const cost = await costUs(passesPerRound, work);
      if (!isWarmUp) costs[i]?.push(cost / datagrams.length);
    }
  }
  if (kept === undefined) throw new Error("nothing was decoded");
  const baseline = median(baselines);
  return Object.keys(cases).map((name, i) => {
    const value = median(costs[i] ?? []);
    return { suite: "decode", case: name, value, unit: "us", baseline, ratio: baseline / value };
  });
}

/** Processor time of one pass, in microseconds. */
async function costUs(passes: number, work: () => void | Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  for (let pass = 0; pass < passes; pass++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / passes;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
