// Datagrams as a bad link and bad senders make them, from a seed: undamaged frames of every message
// beside garbage, cut frames, flipped bits, changed bytes, unknown messages and flags, text.

import { readFileSync } from "node:fs";
import { makeFrame } from "./mavlink-frames.ts";
import { seededRandom } from "./seeded-random.ts";
import type { SeededRandom } from "./seeded-random.ts";

export interface DamagedDatagram {
  readonly bytes: Uint8Array;
  /** The frames in it that nothing happened to, in order. */
  readonly undamaged: readonly Uint8Array[];
}

const sendersMax = 20;
const framesADatagramMax = 10;
const signatureBytes = 13;

/** One frame of every message and case: made by another implementation. */
const goldenFrames: readonly Uint8Array[] = readFileSync(
  "tests/golden/mavlink-frames.jsonl",
  "utf8",
)
  .trim()
  .split("\n")
  .map((line) => new Uint8Array(Buffer.from((JSON.parse(line) as { hex: string }).hex, "hex")));

/** Endless. The same seed gives the same datagrams. */
export function* damagedDatagrams(seed: number): Generator<DamagedDatagram, never> {
  const random = seededRandom(seed);
  let held: DamagedDatagram | undefined;
  let last: DamagedDatagram | undefined;
  for (;;) {
    const fresh = makeDatagram(random);
    if (last && random.chance(0.03)) yield last; // the network sends it twice
    if (!held && random.chance(0.03)) {
      held = fresh; // and this one comes after a later one
      continue;
    }
    yield fresh;
    last = fresh;
    if (held && random.chance(0.5)) {
      yield held;
      held = undefined;
    }
  }
}

function makeDatagram(random: SeededRandom): DamagedDatagram {
  const undamaged: Uint8Array[] = [];
  const parts: Uint8Array[] = [];
  const count = random.chance(0.6) ? 1 : 1 + random.below(framesADatagramMax);
  for (let n = 0; n < count; n++) {
    if (random.chance(0.15)) parts.push(noise(random));
    const frame = makeAnyFrame(random);
    if (random.chance(0.8)) {
      undamaged.push(frame);
      parts.push(frame);
    } else {
      parts.push(damage(random, frame));
    }
  }
  if (random.chance(0.1)) parts.push(noise(random));
  return { bytes: new Uint8Array(Buffer.concat(parts)), undamaged };
}

/** A frame of some message, of one of a few senders, signed at times. */
function makeAnyFrame(random: SeededRandom): Uint8Array {
  if (random.chance(0.3)) return random.pick(goldenFrames);
  const source = {
    sysid: 1 + random.below(sendersMax),
    compid: random.pick([1, 1, 1, 100, 156, 191]),
    sequence: random.below(256),
  };
  const heartbeat = { messageId: 0, crcExtra: 50, payload: [...random.bytes(8), 3], ...source };
  const position = { messageId: 33, crcExtra: 104, payload: [...random.bytes(28)], ...source };
  const text = { messageId: 253, crcExtra: 83, payload: [...random.bytes(54)], ...source };
  const parts = random.pick([heartbeat, position, position, text]);
  if (random.chance(0.1)) {
    const signed = makeFrame({ ...parts, incompatFlags: 1 });
    return new Uint8Array(Buffer.concat([signed, random.bytes(signatureBytes)]));
  }
  if (parts !== text && random.chance(0.2)) return makeFrame({ ...parts, version: 1 });
  return makeFrame(parts);
}

/** What a receiver must not take for a frame. */
function damage(random: SeededRandom, frame: Uint8Array): Uint8Array {
  switch (random.below(5)) {
    case 0: // cut
      return frame.slice(0, random.below(frame.length));
    case 1: // its start is missing
      return frame.slice(1 + random.below(frame.length - 1));
    case 2: {
      // One to three bits behind the start byte and before a signature: the checksum sees all.
      const hit = frame.slice();
      for (const bit of distinctBits(random, 8 * coveredBytes(frame))) {
        const at = 1 + (bit >> 3);
        hit[at] = (hit[at] ?? 0) ^ (1 << (bit & 7));
      }
      return hit;
    }
    case 3: // an unknown compatibility flag
      return makeFrame({
        messageId: 33,
        crcExtra: 104,
        payload: [...random.bytes(28)],
        incompatFlags: 2 << random.below(6),
      });
    default: // a message that nobody has described, a byte behind it
      return new Uint8Array([
        ...makeFrame({
          messageId: 8_000_000 + random.below(8_000_000),
          crcExtra: random.below(256),
          payload: [...random.bytes(random.below(60))],
        }),
        0x20,
      ]);
  }
}

/** Bytes behind the start byte that the checksum covers, itself included. */
function coveredBytes(frame: Uint8Array): number {
  const isSigned = frame[0] === 0xfd && frame[2] === 1;
  return frame.length - 1 - (isSigned ? signatureBytes : 0);
}

function distinctBits(random: SeededRandom, limit: number): Set<number> {
  const bits = new Set<number>();
  const count = 1 + random.below(3);
  while (bits.size < count) bits.add(random.below(limit));
  return bits;
}

/** Bytes of no frame: noise, noise full of start bytes, or what autopilots print at boot. */
function noise(random: SeededRandom): Uint8Array {
  const bytes = random.bytes(1 + random.below(80));
  switch (random.below(3)) {
    case 0:
      return bytes;
    case 1:
      return bytes.map((byte) => (byte < 128 ? (byte & 1) + 0xfd : byte & 0x1f));
    default:
      return new TextEncoder().encode("Init ArduCopter V4.6.2 (1ebd4d99)\r\n");
  }
}
