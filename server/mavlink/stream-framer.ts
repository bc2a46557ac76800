// Finds the MAVLink frames of a byte stream, where they lie across the borders of its pieces: TCP
// links. Each connection has a framer of its own, so one sender's damage harms no other's frames.

import type { DropReason, FrameTally } from "../domain/flight/frame-tally.ts";
import {
  createFrameView,
  frameBytesMax,
  isSignatureOpen,
  readFrameAt,
  refusalByHeader,
} from "./frame-reader.ts";
import type { FrameView } from "./frame-reader.ts";
import { emptyTally } from "./frame-scanner.ts";

/** Most that waits: an unknown message, a signed frame, and all but a byte of what may cut it. */
export const waitingBytesMax = 3 * frameBytesMax - 1;

/** A frame of an unknown message directly behind a good one, until what follows vouches for it. */
interface Suspect {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads one stream. As in a datagram the search goes on at the very next byte where bytes make no
 * frame, so no undamaged frame is lost to damage before it. Bytes wait only where they may be the
 * start of a known message; frames wait for nothing else. An unknown message is handed over where
 * it stands directly between two valid frames. What is found does not depend on the pieces.
 */
export class StreamFramer {
  /** Bytes that wait are in no count until they are settled. */
  readonly tally: FrameTally;
  private readonly onFrame: (frame: FrameView) => void;
  private readonly frame = createFrameView();
  /** What waits; the places below count from its start. */
  private rest: Uint8Array = new Uint8Array(0);
  private at = 0;
  private goodUntil = 0;
  private countedUntil = 0;
  private cause: DropReason = "notMavlink";
  private suspect: Suspect | undefined;

  /** @param onFrame is given one object that is used again: read it at once, never keep it */
  constructor(onFrame: (frame: FrameView) => void, tally: FrameTally = emptyTally()) {
    this.onFrame = onFrame;
    this.tally = tally;
  }

  /** Bytes read whose meaning the next ones decide: 0 to `waitingBytesMax`. */
  get waitingBytes(): number {
    return this.rest.length;
  }

  /** The next piece of the stream has come. Never throws of itself; keeps no hold of `piece`. */
  push(piece: Uint8Array): void {
    const bytes = this.rest.length === 0 ? piece : joined(this.rest, piece);
    this.scan(bytes, false);
    const settledUntil = this.suspect?.start ?? this.at;
    this.rest = bytes.slice(settledUntil);
    this.at -= settledUntil;
    this.goodUntil -= settledUntil;
    this.countedUntil -= settledUntil;
    if (this.suspect) this.suspect = { start: 0, end: this.suspect.end - settledUntil };
  }

  /** The stream has ended: what waits is settled, and a new stream may begin. */
  end(): void {
    this.scan(this.rest, true);
    if (this.suspect) this.dropSuspect(this.suspect, this.at);
    this.rest = new Uint8Array(0);
    this.at = this.goodUntil = this.countedUntil = 0;
  }

  private scan(bytes: Uint8Array, isEnded: boolean): void {
    const limit = bytes.length;
    while (this.at < limit) {
      const outcome = this.readAt(bytes, isEnded);
      if (outcome === "wait") return;
      if (outcome === "frame") {
        if (this.handOverSuspect(bytes)) continue; // and the frame behind it once more
        this.handOver();
      } else {
        this.drop(outcome);
      }
    }
  }

  /** As `readFrameAt`; "wait" where bytes to come decide. */
  private readAt(bytes: Uint8Array, isEnded: boolean): "frame" | "wait" | DropReason {
    const { frame, at } = this;
    const outcome = readFrameAt(bytes, at, bytes.length, frame);
    if (isEnded) return outcome;
    if (outcome === "frame") return isSignatureOpen(bytes, frame) ? "wait" : outcome;
    // A signed frame that another one cuts short has come as far as it ever will.
    if (outcome !== "truncated" || frame.end < bytes.length) return outcome;
    return refusalByHeader(bytes, at) ?? "wait";
  }

  private handOver(): void {
    const { start, end } = this.frame;
    this.tally.frames += 1;
    this.tally.frameBytes += end - start;
    this.at = this.goodUntil = this.countedUntil = end;
    this.onFrame(this.frame);
  }

  /** True when an unknown message ends where a valid frame begins, and was handed over. */
  private handOverSuspect(bytes: Uint8Array): boolean {
    const { suspect } = this;
    if (!suspect) return false;
    if (suspect.end !== this.at) {
      this.dropSuspect(suspect, this.at);
      return false;
    }
    this.suspect = undefined;
    this.at = suspect.start;
    readFrameAt(bytes, this.at, bytes.length, this.frame);
    this.handOver();
    return true;
  }

  private dropSuspect({ start, end }: Suspect, until: number): void {
    this.suspect = undefined;
    this.tally.dropped.unknownMessage += 1;
    this.tally.droppedBytes.unknownMessage += Math.min(end, until) - start;
  }

  /** The byte at this place starts no frame. */
  private drop(outcome: DropReason): void {
    const { at, suspect } = this;
    if (suspect && at >= suspect.end) this.dropSuspect(suspect, at);
    if (this.suspect === undefined) this.count(outcome);
    this.at += 1;
  }

  private count(outcome: DropReason): void {
    const { at, frame, tally } = this;
    if (outcome === "unknownMessage" && at === this.goodUntil) {
      this.suspect = { start: at, end: frame.end };
      this.countedUntil = frame.end;
      this.cause = outcome;
      return;
    }
    if (at >= this.countedUntil) {
      tally.dropped[outcome] += 1;
      this.countedUntil = outcome === "notMavlink" ? Infinity : frame.end;
      this.cause = outcome;
    }
    tally.droppedBytes[this.cause] += 1;
  }
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(head.length + tail.length);
  bytes.set(head);
  bytes.set(tail, head.length);
  return bytes;
}
