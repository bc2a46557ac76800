// The tlog format: before each raw MAVLink frame the time it was heard, as 8 bytes, big-endian,
// microseconds since 1970 UTC. Our records are tlogs, and those of other ground stations are read.

import { createFrameView, readFrameAt, startByteV1, startByteV2 } from "./frame-reader.ts";
import type { FrameView, MutableFrameView } from "./frame-reader.ts";

const stampBytes = 8;
const dayUs = 86_400_000_000;

export interface TlogRecord {
  /** Microseconds since 1970 UTC as the file says, right or not; exact below 2^53. */
  readonly stampUs: number;
  readonly frame: FrameView;
  /** The record is `bytes[start, end)`, stamp included. */
  readonly start: number;
  readonly end: number;
}

export interface TlogTally {
  /** Valid frames, and those of unknown messages that the next record's place vouches for. */
  readonly frames: number;
  /** Runs of bytes that are no record, a cut tail included. */
  readonly badSpans: number;
  /** Bytes behind the last whole record. */
  readonly cutTailBytes: number;
}

/** One record as it is written to file. `stampUs` is a whole number from 0 to 2^53 - 1. */
export function tlogRecord(stampUs: number, frameBytes: Uint8Array): Uint8Array {
  const record = new Uint8Array(stampBytes + frameBytes.length);
  const view = new DataView(record.buffer);
  view.setUint32(0, Math.floor(stampUs / 2 ** 32));
  view.setUint32(4, stampUs % 2 ** 32);
  record.set(frameBytes, stampBytes);
  return record;
}

export interface TlogReader {
  /** Goes to the next record; false at the end of the file. */
  next(): boolean;
  /** The record last found. One object that is used again: read it at once, never keep it. */
  readonly record: TlogRecord;
  /** What has been found so far; final once `next` has said false. */
  tally(): TlogTally;
}

/**
 * Reads a whole tlog record by record. Damage costs the damaged records only: the search goes on
 * byte by byte, and a frame counts as one only where its checksum holds. Never throws.
 */
export function createTlogReader(bytes: Uint8Array): TlogReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frame = createFrameView();
  const record = { stampUs: 0, frame, start: 0, end: 0 };
  let at = 0;
  let frames = 0;
  let badSpans = 0;

  function next(): boolean {
    let inBadSpan = false;
    for (; at < bytes.length; at++) {
      if (isRecordAt(view, bytes, at, frame, inBadSpan)) {
        record.stampUs = stampAt(view, at);
        record.start = at;
        record.end = at = frame.end;
        frames += 1;
        return true;
      }
      if (!inBadSpan) badSpans += 1;
      inBadSpan = true;
    }
    return false;
  }

  return {
    next,
    record,
    tally: () => ({ frames, badSpans, cutTailBytes: at - record.end }),
  };
}

/** Calls `onRecord` for every record of the file, in file order, with one re-used object. */
export function walkTlog(bytes: Uint8Array, onRecord: (record: TlogRecord) => void): TlogTally {
  const reader = createTlogReader(bytes);
  while (reader.next()) onRecord(reader.record);
  return reader.tally();
}

function stampAt(view: DataView, at: number): number {
  return view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4);
}

/**
 * Is there a record at this place? The checksum decides. For an unknown message, whose checksum
 * cannot be tested, its length must lead to the next record (a start byte behind a stamp that is
 * near its own), or to the end of the file unless damage came directly before.
 */
function isRecordAt(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  frame: MutableFrameView,
  inBadSpan: boolean,
): boolean {
  const outcome = readFrameAt(bytes, at + stampBytes, bytes.length, frame);
  if (outcome === "frame") return true;
  if (outcome !== "unknownMessage") return false;
  if (frame.end === bytes.length) return !inBadSpan;
  const following = bytes[frame.end + stampBytes];
  if (following !== startByteV1 && following !== startByteV2) return false;
  return Math.abs(stampAt(view, frame.end) - stampAt(view, at)) < dayUs;
}
