import fc from "fast-check";
import { expect, test } from "vitest";
import type { FrameTally } from "../../../../server/domain/flight/frame-tally.ts";
import { emptyTally } from "../../../../server/mavlink/frame-scanner.ts";
import { StreamFramer, waitingBytesMax } from "../../../../server/mavlink/stream-framer.ts";
import {
  concatBytes,
  makeFrame,
  makeHeartbeat,
  makePosition,
} from "../../../support/mavlink-frames.ts";

const heartbeat = makeHeartbeat();
const position = makePosition();
const unknown = makeFrame({ messageId: 9_999_999, crcExtra: 0, payload: [1, 2, 3, 4] });
const nothingDropped = emptyTally().dropped;

/** Frames in hexadecimal, found in the stream cut into pieces of these lengths in turn. */
function read(stream: Uint8Array, pieceLengths: readonly number[] = [stream.length]) {
  const frames: string[] = [];
  const framer = new StreamFramer((frame) => {
    frames.push(hex(frame.bytes.subarray(frame.start, frame.end)));
  });
  let waitingMost = 0;
  let at = 0;
  for (let turn = 0; at < stream.length; turn++) {
    const length = Math.max(1, pieceLengths[turn % pieceLengths.length] ?? 1);
    framer.push(stream.subarray(at, at + length));
    at += length;
    waitingMost = Math.max(waitingMost, framer.waitingBytes);
    expect(bytesIn(framer.tally)).toBeLessThanOrEqual(at);
  }
  framer.end();
  return { frames, tally: framer.tally, waitingMost };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

function bytesIn({ frameBytes, droppedBytes }: FrameTally): number {
  return Object.values(droppedBytes).reduce((sum, bytes) => sum + bytes, frameBytes);
}

test("a frame cut anywhere is found once its last byte has come, and not before", () => {
  for (let cut = 1; cut < position.length; cut++) {
    const found: number[] = [];
    const framer = new StreamFramer((frame) => found.push(frame.messageId));
    framer.push(position.subarray(0, cut));
    expect(found).toEqual([]);
    framer.push(position.subarray(cut));
    expect(found).toEqual([33]);
    expect(framer.waitingBytes).toBe(0);
  }
});

test("frames that come byte by byte are all found", () => {
  const stream = concatBytes(heartbeat, position, makeHeartbeat({}, { version: 1 }), position);
  expect(read(stream, [1]).tally).toMatchObject({ frames: 4, dropped: nothingDropped });
});

test("a length byte without a known message behind it holds nothing up", () => {
  const found: number[] = [];
  const framer = new StreamFramer((frame) => found.push(frame.messageId));
  framer.push(new Uint8Array([0xfd, 255, 0, 0, 1, 1, 1, 0xff, 0xff, 0xff, 0, 0]));
  framer.push(heartbeat);
  expect(found).toEqual([0]);
});

test("a start byte of MAVLink 1 with another length than its message's holds nothing up", () => {
  const found: number[] = [];
  const framer = new StreamFramer((frame) => found.push(frame.messageId));
  framer.push(new Uint8Array([0xfe, 255, 1, 1, 1, 0, 0, 0]));
  framer.push(heartbeat);
  expect(found).toEqual([0]);
});

test("an unknown message directly between two valid frames is handed over, in its place", () => {
  const stream = concatBytes(heartbeat, unknown, position);
  for (const pieces of [[stream.length], [1], [7, 30]]) {
    const { frames, tally } = read(stream, pieces);
    expect(frames).toEqual([hex(heartbeat), hex(unknown), hex(position)]);
    expect(tally.dropped).toEqual(nothingDropped);
  }
});

test("an unknown message that no frame stands directly before or behind is dropped", () => {
  const noise = new Uint8Array([1, 2, 3]);
  for (const stream of [
    concatBytes(noise, unknown, position),
    concatBytes(heartbeat, unknown, noise, position),
    concatBytes(heartbeat, unknown),
  ]) {
    const { frames, tally } = read(stream, [11]);
    expect(frames).not.toContain(hex(unknown));
    expect(bytesIn(tally)).toBe(stream.length);
  }
});

test("a valid frame within what looks like an unknown message is not lost", () => {
  const swallowing = makeFrame({ messageId: 9_999_999, crcExtra: 0, payload: [...heartbeat] });
  const stream = concatBytes(heartbeat, swallowing, position);
  expect(read(stream, [5]).frames).toEqual([hex(heartbeat), hex(heartbeat), hex(position)]);
});

test("what waits at the end of the stream is counted, and a new stream may begin", () => {
  const frames: number[] = [];
  const framer = new StreamFramer((frame) => frames.push(frame.messageId));
  framer.push(concatBytes(heartbeat, position.subarray(0, 20)));
  expect(framer.waitingBytes).toBe(20);
  framer.end();
  expect(framer.tally.dropped).toEqual({ ...nothingDropped, truncated: 1 });
  expect(framer.tally.droppedBytes.truncated).toBe(20);
  framer.push(heartbeat);
  expect(frames).toEqual([0, 0]);
});

const noise = fc.array(
  fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0xfd, 0xfe, 0, 1, 9, 28)),
  { maxLength: 60 },
);
const undamaged = fc.constantFrom(
  heartbeat,
  position,
  unknown,
  makeHeartbeat({}, { version: 1 }),
  makePosition({ lat: 0x01fefd09, lon: 0x00fdfe1c }, { sequence: 0xfd }),
);

test("the pieces decide nothing: frames, counts and bytes are those of the stream", () => {
  const parts = fc.array(fc.tuple(noise, undamaged, undamaged), { minLength: 1, maxLength: 8 });
  const cuts = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(parts, cuts, (groups, pieceLengths) => {
      const stream = concatBytes(
        ...groups.flatMap(([bytes, first, second]) => [new Uint8Array(bytes), first, second]),
      );
      const whole = read(stream);
      const cut = read(stream, pieceLengths);
      expect(cut.frames).toEqual(whole.frames);
      expect(cut.tally).toEqual(whole.tally);
      expect(bytesIn(cut.tally)).toBe(stream.length);
      expect(cut.waitingMost).toBeLessThanOrEqual(waitingBytesMax);
      const sent = groups.flatMap(([, ...frames]) => frames.filter((one) => one !== unknown));
      expect(whole.frames.filter((found) => found !== hex(unknown))).toEqual(sent.map(hex));
    }),
    { seed: 20_251, numRuns: 1500 },
  );
});
