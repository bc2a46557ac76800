// What was found in datagrams and streams, in counts. Kept for each link by telemetry/links.ts,
// added to by mavlink/frame-scanner.ts and mavlink/stream-framer.ts.

/** Why bytes were no frame. */
export type DropReason = "notMavlink" | "crc" | "truncated" | "unknownMessage" | "incompatFlags";

/**
 * A caller may keep one and have every datagram added to it. It adds up: `frameBytes` and all of
 * `droppedBytes` together are the bytes that were read.
 */
export interface FrameTally {
  /** Frames handed over, those of unknown messages included. */
  frames: number;
  /** Bytes of those frames. */
  frameBytes: number;
  /** Bytes not handed over, counted once a damaged frame or a run of other bytes, by cause. */
  readonly dropped: Record<DropReason, number>;
  /** The same bytes one by one. */
  readonly droppedBytes: Record<DropReason, number>;
}
