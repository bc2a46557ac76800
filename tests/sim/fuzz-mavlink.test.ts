// Bad datagrams by the hundred thousand through the whole telemetry flow: it never throws, never
// grows, and its counters add up to what was sent. The work is fixed and seeded, so that what fails
// fails again: some minute of it, or some ten minutes in the long form (npm run test:long).
import { setImmediate as nextTurn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { mavlinkFrames } from "../../server/ingest/mavlink-frames.ts";
import { StreamFramer, waitingBytesMax } from "../../server/mavlink/stream-framer.ts";
import type { FrameView } from "../../server/mavlink/frame-scanner.ts";
import { TelemetryFlow } from "../../server/telemetry-flow.ts";
import { damagedDatagrams } from "../support/damaged-datagrams.ts";
import { createSilentLog } from "../support/silent-log.ts";
import { seededRandom } from "../support/seeded-random.ts";
import type { SeededRandom } from "../support/seeded-random.ts";

const isLong = process.env["LONG"] === "1";
const rounds = isLong ? 1_100 : 110;
/** A busy machine takes several times as long as a quiet one. */
const timeoutMs = isLong ? 5_400_000 : 900_000;
const datagramsARound = 20_000;
/** What is made once is fuzzed again in other ways: making it costs more than reading it. */
const poolSize = 20_000;
/** Growth between a warm process and the end, in bytes of heap after a collection. */
const growthBytesMax = 16 * 1024 * 1024;
const portsMax = 200;
const tickEvery = 250;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** A flow whose records and journal are only counted. */
function countingFlow() {
  const told = { events: 0, recordedBytes: 0, ids: 0 };
  const flow = new TelemetryFlow<FrameView>({
    stationSysids: new Set([245, 255]),
    frames: mavlinkFrames,
    openRecord: () => {
      let bytes = 0;
      return {
        append: (_stampUs, _bytes, start, end) => {
          bytes += end - start;
          told.recordedBytes += end - start;
        },
        bytes: () => bytes,
        close: () => undefined,
      };
    },
    tell: () => {
      told.events += 1;
    },
    seal: () => undefined,
    log: createSilentLog(),
    makeId: (kind) => `${kind}_${String((told.ids += 1))}`,
  });
  return { flow, told };
}

const pool: Uint8Array[] = [];
for (const { bytes } of damagedDatagrams(77)) {
  pool.push(bytes);
  if (pool.length === poolSize) break;
}

/** One of the pool as it is, or with more done to it: cut, joined, overwritten, all noise. */
function fuzzed(random: SeededRandom): Uint8Array {
  const bytes = random.pick(pool);
  switch (random.below(8)) {
    case 0:
      return bytes.slice(random.below(bytes.length + 1));
    case 1:
      return new Uint8Array(Buffer.concat([bytes, random.pick(pool)]));
    case 2: {
      const hit = bytes.slice();
      for (let n = random.below(6); n >= 0 && hit.length > 0; n--) {
        hit[random.below(hit.length)] = random.below(256);
      }
      return hit;
    }
    case 3:
      return random.chance(0.2) ? random.bytes(random.below(1500)) : bytes;
    default:
      return bytes;
  }
}

test(
  "the flow outlasts what bad links and bad senders send, and counts every byte of it",
  { timeout: timeoutMs },
  async () => {
    const random = seededRandom(1);
    const { flow, told } = countingFlow();
    let sentDatagrams = 0;
    let sentBytes = 0;
    let warmHeapBytes = 0;
    let atUs = 1_700_000_000_000_000;
    for (let round = 0; round < rounds; round++) {
      for (let n = 0; n < datagramsARound; n++) {
        const bytes = fuzzed(random);
        sentDatagrams += 1;
        sentBytes += bytes.length;
        atUs += 1_000;
        const port = 1_024 + random.below(portsMax);
        flow.onDatagram(bytes, { listener: "fuzz", address: "10.0.0.1", port }, atUs);
        if (n % tickEvery === 0) flow.onTick(atUs);
      }
      if (round === Math.floor(rounds / 4)) warmHeapBytes = heapBytes();
      // The runner wants to hear of us.
      await nextTurn();
    }
    const links = [...flow.links()];
    const received = links.reduce((sum, link) => sum + link.counts.datagrams, 0);
    const counted = links.reduce((sum, { tally }) => {
      const dropped = Object.values(tally.droppedBytes).reduce((a, b) => a + b, 0);
      return sum + tally.frameBytes + dropped;
    }, 0);
    expect(links.length).toBe(portsMax);
    expect(received).toBe(sentDatagrams);
    expect(counted).toBe(sentBytes);
    expect(told.recordedBytes).toBeGreaterThan(0);
    expect([...flow.sessions()].length).toBeLessThanOrEqual(255 * 2);
    expect(heapBytes() - warmHeapBytes).toBeLessThan(growthBytesMax);
  },
);

test(
  "a stream framer outlasts the same as a stream, and never holds more than its limit",
  { timeout: timeoutMs },
  async () => {
    const random = seededRandom(2);
    let frames = 0;
    let sentBytes = 0;
    const framer = new StreamFramer(() => (frames += 1));
    for (let n = 0; n < (rounds * datagramsARound) / 2; n++) {
      const bytes = fuzzed(random);
      sentBytes += bytes.length;
      const cut = random.below(bytes.length + 1);
      framer.push(bytes.subarray(0, cut));
      framer.push(bytes.subarray(cut));
      if (n % datagramsARound === 0) await nextTurn();
      if (framer.waitingBytes > waitingBytesMax) expect(framer.waitingBytes).toBe(waitingBytesMax);
    }
    framer.end();
    const { tally } = framer;
    const dropped = Object.values(tally.droppedBytes).reduce((a, b) => a + b, 0);
    expect(tally.frameBytes + dropped).toBe(sentBytes);
    expect(tally.frames).toBe(frames);
    expect(frames).toBeGreaterThan(rounds * datagramsARound * 0.3);
  },
);
