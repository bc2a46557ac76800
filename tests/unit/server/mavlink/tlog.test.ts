import fc from "fast-check";
import { expect, test } from "vitest";
import { tlogRecord, walkTlog } from "../../../../server/mavlink/tlog.ts";
import {
  concatBytes,
  makeFrame,
  makeHeartbeat,
  makePosition,
} from "../../../support/mavlink-frames.ts";

const startUs = 1_795_363_290_150_618;
const heartbeat = makeHeartbeat();
const position = makePosition();
const unknown = makeFrame({ messageId: 9_999_999, crcExtra: 0, payload: [1, 2, 3, 4] });

/** Records a tenth of a second apart. */
function tlogOf(...frames: readonly Uint8Array[]): Uint8Array {
  return concatBytes(...frames.map((frame, i) => tlogRecord(startUs + i * 100_000, frame)));
}

function walk(bytes: Uint8Array) {
  const records: (readonly [number, number, number])[] = [];
  const tally = walkTlog(bytes, ({ stampUs, frame, start, end }) => {
    expect([frame.start, frame.end]).toEqual([start + 8, end]);
    records.push([stampUs, start, frame.messageId]);
  });
  return { ...tally, records };
}

test("a record is the stamp in big-endian microseconds and then the frame", () => {
  const record = tlogRecord(0x0006_60da_1234_5678, heartbeat);
  expect([...record.subarray(0, 8)]).toEqual([0x00, 0x06, 0x60, 0xda, 0x12, 0x34, 0x56, 0x78]);
  expect(record.subarray(8)).toEqual(heartbeat);
});

test("what is written is read back, stamp for stamp", () => {
  const { frames, badSpans, cutTailBytes, records } = walk(tlogOf(heartbeat, position));
  expect({ frames, badSpans, cutTailBytes }).toEqual({ frames: 2, badSpans: 0, cutTailBytes: 0 });
  expect(records).toEqual([
    [startUs, 0, 0],
    [startUs + 100_000, 8 + heartbeat.length, 33],
  ]);
});

test("an empty file has no records and no damage", () => {
  expect(walk(new Uint8Array(0))).toEqual({
    frames: 0,
    badSpans: 0,
    cutTailBytes: 0,
    records: [],
  });
});

test("a tail cut anywhere is one bad span, and its length is told", () => {
  const whole = tlogOf(heartbeat, position);
  const last = tlogRecord(startUs, position);
  for (let length = 1; length < last.length; length++) {
    const bytes = concatBytes(whole, last.subarray(0, length));
    expect(walk(bytes)).toMatchObject({ frames: 2, badSpans: 1, cutTailBytes: length });
  }
  expect(walk(whole).cutTailBytes).toBe(0);
  expect(walk(whole.subarray(0, 5)).cutTailBytes).toBe(5);
});

test("a tail of zeros, as a power cut leaves it, is no record", () => {
  const whole = tlogOf(heartbeat);
  expect(walk(concatBytes(whole, new Uint8Array(4096))).cutTailBytes).toBe(4096);
});

test("damage costs the damaged record alone", () => {
  const bytes = tlogOf(heartbeat, position, heartbeat, position);
  const damaged = Uint8Array.from(bytes, (byte, i) =>
    i === 8 + heartbeat.length + 8 + 20 ? byte ^ 0xff : byte,
  );
  expect(walk(damaged)).toMatchObject({ frames: 3, badSpans: 1, cutTailBytes: 0 });
});

test("bytes put between records are one bad span and cost no record", () => {
  const noise = new Uint8Array([0xfd, 0xfe, 0x00, 0x1c, 0xfe, 9, 0xfd]);
  const bytes = concatBytes(tlogOf(heartbeat), noise, tlogOf(position));
  expect(walk(bytes)).toMatchObject({ frames: 2, badSpans: 1, cutTailBytes: 0 });
});

test("an unknown message counts where the next record, or the file's end, meets its own", () => {
  expect(walk(tlogOf(heartbeat, unknown, position))).toMatchObject({ frames: 3, badSpans: 0 });
  expect(walk(tlogOf(heartbeat, unknown))).toMatchObject({ frames: 2, badSpans: 0 });
  const lengthWrong = Uint8Array.from(unknown, (byte, i) => (i === 1 ? byte + 1 : byte));
  expect(walk(tlogOf(lengthWrong, position))).toMatchObject({ frames: 1, badSpans: 1 });
});

test("random bytes between records never cost a record", () => {
  const noise = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 50 });
  const frame = fc.constantFrom(heartbeat, position, makeHeartbeat({}, { version: 1 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(noise, frame), { maxLength: 6 }), (pairs) => {
      const bytes = concatBytes(
        ...pairs.map(([bad, good]) => concatBytes(new Uint8Array(bad), tlogOf(good))),
      );
      expect(walk(bytes)).toMatchObject({ frames: pairs.length, badSpans: pairs.length });
    }),
    { seed: 20_251, numRuns: 1000 },
  );
});
