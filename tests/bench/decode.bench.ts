// What decoding costs, beside node-mavlink on the same frames in the same run: processor time of
// all fields of every frame of flight a, one frame a datagram, ten frames a datagram, as one buffer
// and as one tlog; and what damage costs both. Rounds alternate, and each figure is the median of
// its rounds, since shared machines are noisy. What limits ours is the checksum: one table step a
// byte, some 0.1 microseconds of a frame of 45 bytes; the rest is the object with its fields.

import { decodeFields } from "../../server/mavlink/decode.ts";
import { scanDatagram } from "../../server/mavlink/frame-scanner.ts";
import { toSample } from "../../server/mavlink/to-sample.ts";
import { walkTlog } from "../../server/mavlink/tlog.ts";
import { flightsAvailable, flightsDir, readFlight } from "../support/flights.ts";
import { readWithNodeMavlink } from "../support/node-mavlink-reader.ts";
import type { BenchFigure } from "./bench-figure.ts";
import { runDamage } from "./decode-damage.ts";

const rounds = 7;
const passesPerRound = 10;
const framesADatagram = 10;
const suite = "decode";

/** Microseconds of processor time a frame; `ratio` is how many times faster than node-mavlink. */
export async function run(): Promise<BenchFigure[]> {
  if (!flightsAvailable) throw new Error(`the decode bench needs the flights in ${flightsDir}`);
  const tlog = readFlight("a_normal.tlog");
  const single: Uint8Array[] = [];
  walkTlog(tlog, ({ frame }) => single.push(frame.bytes.slice(frame.start, frame.end)));
  const tens = joinedBy(single, framesADatagram);
  const whole = new Uint8Array(Buffer.concat(single));
  let kept: unknown; // keeps the work from being optimised away

  const allFields = (datagrams: readonly Uint8Array[]) => () => {
    for (const datagram of datagrams) {
      scanDatagram(datagram, (frame) => (kept = decodeFields(frame)));
    }
  };
  const theirs = (datagrams: readonly Uint8Array[]) => async () =>
    readWithNodeMavlink(datagrams, (_packet, message) => (kept = message));
  const baselines = [theirs(single), theirs(tens)];
  const cases: readonly { name: string; work: () => void; baseline: 0 | 1 }[] = [
    { name: "all fields, one frame a datagram", work: allFields(single), baseline: 0 },
    {
      name: "samples, one frame a datagram",
      work: () => {
        for (const datagram of single) scanDatagram(datagram, (frame) => (kept = toSample(frame)));
      },
      baseline: 0,
    },
    { name: "all fields, ten frames a datagram", work: allFields(tens), baseline: 1 },
    { name: "all fields, one buffer", work: allFields([whole]), baseline: 1 },
    {
      name: "all fields, one tlog",
      work: () => {
        walkTlog(tlog, ({ frame }) => (kept = decodeFields(frame)));
      },
      baseline: 1,
    },
  ];

  const medians = await medianCosts([
    ...baselines.map((work) => ({ work, passes: 1 })),
    ...cases.map(({ work }) => ({ work, passes: passesPerRound })),
  ]);
  const baselineUs = medians.slice(0, baselines.length);
  const costUs = medians.slice(baselines.length);
  if (kept === undefined) throw new Error("nothing was decoded");
  const figures = cases.map(({ name, baseline: which }, i): BenchFigure => {
    const value = (costUs[i] ?? NaN) / single.length;
    const baseline = (baselineUs[which] ?? NaN) / single.length;
    return { suite, case: name, value, unit: "us", baseline, ratio: baseline / value };
  });
  return [...figures, ...figures.filter(isAtTen).map(asRate), ...(await runDamage())];
}

function isAtTen({ case: name }: BenchFigure): boolean {
  return name === "all fields, ten frames a datagram";
}

/** The same figure as frames a second on one core. */
function asRate({ case: name, value, baseline, ratio }: BenchFigure): BenchFigure {
  const rate = (us: number): number => 1e6 / us;
  return {
    suite,
    case: `${name}, frames a second on one core`,
    value: rate(value),
    unit: "1/s",
    baseline: baseline === null ? null : rate(baseline),
    ratio,
  };
}

function joinedBy(frames: readonly Uint8Array[], count: number): Uint8Array[] {
  return Array.from(
    { length: Math.ceil(frames.length / count) },
    (_, i) => new Uint8Array(Buffer.concat(frames.slice(i * count, (i + 1) * count))),
  );
}

/** Processor time of one pass of each, in microseconds; the first round warms up. */
async function medianCosts(
  works: readonly { readonly work: () => void | Promise<void>; readonly passes: number }[],
): Promise<number[]> {
  const costs = works.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [i, { work, passes }] of works.entries()) {
      const before = process.cpuUsage();
      for (let pass = 0; pass < passes; pass++) await work();
      const { user, system } = process.cpuUsage(before);
      if (round > 0) costs[i]?.push((user + system) / passes);
    }
  }
  return costs.map(median);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
