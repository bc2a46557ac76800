// Whatever else a link carries: no undamaged frame is lost, none is invented, and every byte is
// counted.
import { expect, test } from "vitest";
import type { FrameTally } from "../../../../server/domain/flight/frame-tally.ts";
import { emptyTally, scanDatagram } from "../../../../server/mavlink/frame-scanner.ts";
import type { FrameView } from "../../../../server/mavlink/frame-scanner.ts";
import { StreamFramer } from "../../../../server/mavlink/stream-framer.ts";
import { damagedDatagrams } from "../../../support/damaged-datagrams.ts";
import type { DamagedDatagram } from "../../../support/damaged-datagrams.ts";
import { seededRandom } from "../../../support/seeded-random.ts";

const seed = 20_251;
const datagramCount = 12_000;

/**
 * A damaged frame passes for a valid one where its 16-bit checksum fits by chance: one candidate in
 * 65,536. A candidate is a start byte with the id of a known message (in MAVLink 1 with its length,
 * too); there is less than one in four datagrams here, so at most this many can be expected.
 */
const inventedMax = 3;

function take(count: number): DamagedDatagram[] {
  const made: DamagedDatagram[] = [];
  for (const datagram of damagedDatagrams(seed)) {
    made.push(datagram);
    if (made.length === count) break;
  }
  return made;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

function bytesIn({ frameBytes, droppedBytes }: FrameTally): number {
  return Object.values(droppedBytes).reduce((sum, bytes) => sum + bytes, frameBytes);
}

/** How far ahead a frame is looked for: further than any run of invented ones. */
const lookAhead = 20;

/**
 * Counts what is found beside what must be found; both in order. A signed frame that was cut within
 * its signature has a right checksum: it is the signature's check that refuses it, so it counts as
 * `wrongSignatures`.
 */
function compare(found: readonly string[], undamaged: readonly Uint8Array[]) {
  const surplus = new Set(found.keys());
  let at = 0;
  let lost = 0;
  for (const frame of undamaged.map(hexOf)) {
    const place = found.slice(at, at + lookAhead).indexOf(frame);
    if (place < 0) lost += 1;
    else {
      surplus.delete(at + place);
      at += place + 1;
    }
  }
  const wrongSignatures = [...surplus].filter((n) => /^fd..01/.test(found[n] ?? "")).length;
  return { lost, invented: surplus.size - wrongSignatures, wrongSignatures };
}

test("one datagram after the other: none lost, none invented, and the counts add up", () => {
  const tally = emptyTally();
  let bytes = 0;
  let frames = 0;
  let lost = 0;
  let invented = 0;
  let unknown = 0;
  let miscounted = 0;
  for (const datagram of take(datagramCount)) {
    const found: string[] = [];
    const before = bytesIn(tally);
    const onFrame = (frame: FrameView): void => {
      if (frame.definition) found.push(hexOf(frame.bytes.subarray(frame.start, frame.end)));
      else unknown += 1;
    };
    scanDatagram(datagram.bytes, onFrame, tally);
    const outcome = compare(found, datagram.undamaged);
    lost += outcome.lost;
    invented += outcome.invented;
    frames += found.length;
    bytes += datagram.bytes.length;
    if (bytesIn(tally) - before !== datagram.bytes.length) miscounted += 1;
  }
  expect(lost).toBe(0);
  expect(invented).toBeLessThanOrEqual(inventedMax);
  expect(miscounted).toBe(0);
  expect(tally.frames).toBe(frames + unknown);
  expect(bytesIn(tally)).toBe(bytes);
  for (const count of Object.values(tally.dropped)) expect(count).toBeGreaterThan(500);
});

test("as one stream in pieces of any length: none lost, none invented, the counts add up", () => {
  const random = seededRandom(seed);
  const datagrams = take(datagramCount / 2);
  const found: string[] = [];
  const framer = new StreamFramer((frame) => {
    if (frame.definition) found.push(hexOf(frame.bytes.subarray(frame.start, frame.end)));
  });
  const stream = Buffer.concat(datagrams.map(({ bytes }) => bytes));
  for (let at = 0; at < stream.length;) {
    const length = random.chance(0.1) ? 1 + random.below(4096) : 1 + random.below(60);
    framer.push(stream.subarray(at, at + length));
    at += length;
  }
  framer.end();
  const { lost, invented } = compare(
    found,
    datagrams.flatMap(({ undamaged }) => undamaged),
  );
  expect(lost).toBe(0);
  expect(invented).toBeLessThanOrEqual(inventedMax);
  expect(bytesIn(framer.tally)).toBe(stream.length);
});
