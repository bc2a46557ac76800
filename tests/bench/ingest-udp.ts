// What a datagram costs by real sockets: the ingest program in a process of its own, fed by a load
// maker in another, all of it recorded to disk; beside the same socket with node-mavlink behind it,
// which only decodes, and with nothing behind it. Part of the ingest suite.
import { setTimeout as wait } from "node:timers/promises";
import { readKernelDrops } from "../../server/mavlink/kernel-drops.ts";
import { startIngest } from "../run/probed-ingest.ts";
import { startProbed, type ProbedProgram } from "../run/probed-program.ts";
import { startLoad, type LoadCount } from "../run/udp-load.ts";
import type { BenchFigure, BenchOptions } from "./bench-figure.ts";

const suite = "ingest";
const drones = 100;
const framesPerS = { single: 75_000, tens: 300_000 } as const;
const warmMs = 3_000;
const drainMs = 1_500;
/** The load maker counts as too slow where it left out more than this share. */
const notSentShareMax = 0.01;
const stationSysid = 245;

type Udp = Readonly<Record<"host", string> & Record<"port", number>>;

interface Receiver extends ProbedProgram {
  readonly udp: Udp;
}

/** One run of a receiver under load; rates are those of the measured seconds. */
interface Measured {
  readonly cpuUsADatagram: number;
  readonly takenPerS: number;
  readonly droppedPercent: number;
  readonly coresUsed: number;
  /** From the first to the last datagram, warming up included. */
  readonly sentInAll: number;
  readonly droppedInAll: number;
  readonly limit: string | undefined;
}

/** Processor time a datagram, and what was lost on the way: both sides in one run. */
export async function runUdp({ seconds, perS, tell }: BenchOptions): Promise<BenchFigure[]> {
  const figures: BenchFigure[] = [];
  for (const framesADatagram of [1, 10]) {
    const rate = framesADatagram === 1 ? (perS ?? framesPerS.single) : framesPerS.tens / 10;
    const load = { drones, datagramsPerS: rate, framesADatagram };
    const { measured, lost } = await measureIngest(load, seconds);
    const theirs = await measureReceiver("node-mavlink", load, seconds);
    const bare = await measureReceiver("nothing", load, seconds);
    const name = `UDP to disk, ${framesADatagram === 1 ? "one frame" : "ten frames"} a datagram`;
    for (const [who, { limit }] of Object.entries({ ingest: measured, theirs, bare })) {
      if (limit !== undefined) tell(`${suite}: ${name}, ${who}: ${limit}`);
    }
    figures.push(...figuresOf(name, framesADatagram, { measured, theirs, bare, lost }));
  }
  return figures;
}

interface Found {
  readonly measured: Measured;
  readonly theirs: Measured;
  readonly bare: Measured;
  /** Frames that neither the kernel dropped nor a record holds. */
  readonly lost: number;
}

function figuresOf(
  name: string,
  framesADatagram: number,
  { measured, theirs, bare, lost }: Found,
): BenchFigure[] {
  const less = (of: (one: Measured) => number) => {
    const [value, baseline] = [of(measured), of(theirs)];
    return { value, baseline, ratio: value === 0 ? null : baseline / value };
  };
  const taken = measured.takenPerS * framesADatagram;
  const takenByThem = theirs.takenPerS * framesADatagram;
  const alone = { value: bare.cpuUsADatagram, baseline: null, ratio: null };
  const rate = { value: taken, baseline: takenByThem, ratio: taken / takenByThem };
  const us = "us";
  return [
    { suite, case: name, unit: us, ...less((one) => one.cpuUsADatagram) },
    { suite, case: `${name}, the socket alone`, unit: us, ...alone },
    { suite, case: `${name}, frames a second taken`, unit: "1/s", ...rate },
    { suite, case: `${name}, dropped by the kernel`, unit: "%", ...less((m) => m.droppedPercent) },
    {
      ...{ suite, case: `${name}, frames lost in our code`, unit: "1", value: lost },
      ...{ baseline: null, ratio: null },
    },
  ];
}

interface Load {
  readonly drones: number;
  readonly datagramsPerS: number;
  readonly framesADatagram: number;
}

async function measureIngest(
  load: Load,
  seconds: number,
): Promise<{ measured: Measured; lost: number }> {
  const ingest = await startIngest(load.drones);
  try {
    const measured = await measure(ingest, load, seconds);
    await ingest.stop();
    let recorded = 0;
    ingest.walkRecords(({ frame }) => (recorded += frame.sysid === stationSysid ? 0 : 1));
    const reached = measured.sentInAll - measured.droppedInAll;
    return { measured, lost: reached * load.framesADatagram - recorded };
  } finally {
    await ingest.stop();
    ingest.removeData();
  }
}

async function measureReceiver(
  behind: "node-mavlink" | "nothing",
  load: Load,
  seconds: number,
): Promise<Measured> {
  const program = startProbed("tests/run/udp-receiver.ts", [behind], {});
  try {
    let port: string | undefined;
    while (port === undefined) {
      await wait(50);
      port = /^port (\d+)$/m.exec(program.output())?.[1];
    }
    return await measure(
      { ...program, udp: { host: "127.0.0.1", port: Number(port) } },
      load,
      seconds,
    );
  } finally {
    await program.stop();
  }
}

async function measure(receiver: Receiver, settings: Load, seconds: number): Promise<Measured> {
  const { udp } = receiver;
  const drops = (): number => readKernelDrops(udp.host, udp.port) ?? 0;
  const load = startLoad({ ...udp, ...settings });
  await wait(warmMs);
  const before = { count: await load.count(), usage: await receiver.usage(), drops: drops() };
  await wait(seconds * 1_000);
  const after = { count: await load.count(), usage: await receiver.usage(), drops: drops() };
  const all = await load.stop();
  await wait(drainMs);
  const sent = after.count.sent - before.count.sent;
  const dropped = after.drops - before.drops;
  const spentUs = after.usage.cpuUs - before.usage.cpuUs;
  const elapsedUs = after.count.atUs - before.count.atUs;
  const taken = Math.max(1, sent - dropped);
  const coresUsed = spentUs / elapsedUs;
  return {
    cpuUsADatagram: spentUs / taken,
    takenPerS: (taken * 1e6) / elapsedUs,
    droppedPercent: (100 * dropped) / Math.max(1, sent),
    coresUsed,
    sentInAll: all.sent,
    droppedInAll: drops(),
    limit: limitOf(before.count, after.count, coresUsed, dropped),
  };
}

/** What kept the run from more, in words. */
function limitOf(
  before: LoadCount,
  after: LoadCount,
  coresUsed: number,
  dropped: number,
): string | undefined {
  const elapsedUs = after.atUs - before.atUs;
  const notSent = after.skipped - before.skipped;
  const sent = after.sent - before.sent;
  const loadCores = ((after.cpuUs - before.cpuUs) / elapsedUs).toFixed(2);
  if (notSent > notSentShareMax * (sent + notSent)) {
    const reached = Math.round((sent * 1e6) / elapsedUs);
    return (
      `the load maker limits: it sent ${reached} datagrams a second and left ${notSent} out, ` +
      `on ${loadCores} of a core (the receiver had ${coresUsed.toFixed(2)}).`
    );
  }
  if (dropped === 0) return undefined;
  const why = coresUsed > 0.9 ? "its core is full" : "other programs held the processor";
  return `the kernel dropped ${dropped} of ${sent}: ${why} (${coresUsed.toFixed(2)} cores used).`;
}
