// Finds the MAVLink frames of one datagram: the first step of every datagram that arrives.
// Each datagram is read alone, so nothing one sender sends can harm another's frames.

import type { DropReason, FrameTally } from "../domain/flight/frame-tally.ts";
import { createFrameView, readFrameAt } from "./frame-reader.ts";
import type { FrameView, MutableFrameView } from "./frame-reader.ts";

export type { FrameView } from "./frame-reader.ts";

/** Nothing read yet. */
export function emptyTally(): FrameTally {
  return { frames: 0, frameBytes: 0, dropped: noDrops(), droppedBytes: noDrops() };
}

function noDrops(): Record<DropReason, number> {
  return { notMavlink: 0, crc: 0, truncated: 0, unknownMessage: 0, incompatFlags: 0 };
}

// One view for all: a frame is read before the next one is looked for. The second one looks ahead.
const sharedFrame = createFrameView();
const aheadFrame = createFrameView();

/**
 * Calls `onFrame` for each valid frame of a datagram, in order. Never throws of itself.
 *
 * Where bytes make no frame the search goes on at the very next byte, so an undamaged frame is
 * found whatever stands before it: a length byte that no checksum vouches for is never trusted. The
 * one exception is a frame of an unknown message that follows the last good one directly (or starts
 * the datagram) and ends with the datagram: it is handed over without a definition.
 *
 * @param onFrame is given one object that is used again: read it at once, never keep it
 * @param tally counts are added to this one and it is returned
 */
export function scanDatagram(
  bytes: Uint8Array,
  onFrame: (frame: FrameView) => void,
  tally: FrameTally = emptyTally(),
): FrameTally {
  const frame = sharedFrame;
  const limit = bytes.length;
  let at = 0;
  let goodUntil = 0; // where the last frame that was handed over ended
  let countedUntil = 0; // bytes before this belong to a drop that has been counted
  let cause: DropReason = "notMavlink"; // of that drop
  while (at < limit) {
    const outcome = readFrameAt(bytes, at, limit, frame);
    if (outcome === "frame" || (outcome === "unknownMessage" && isWholeRest(frame, goodUntil))) {
      const end = frame.end; // the callee may scan, too, and so change the shared view
      tally.frames += 1;
      tally.frameBytes += end - at;
      onFrame(frame);
      at = goodUntil = countedUntil = end;
      continue;
    }
    if (at >= countedUntil) {
      tally.dropped[outcome] += 1;
      countedUntil = frame.end;
      cause = outcome;
    }
    tally.droppedBytes[cause] += 1;
    at += 1;
  }
  return tally;
}

/** An unknown message from the last good byte to the end, with no valid frame hidden inside. */
function isWholeRest(frame: MutableFrameView, goodUntil: number): boolean {
  const limit = frame.bytes.length;
  if (frame.start !== goodUntil || frame.end !== limit) return false;
  for (let at = frame.start + 1; at < limit; at++) {
    if (readFrameAt(frame.bytes, at, limit, aheadFrame) === "frame") return false;
  }
  return true;
}
