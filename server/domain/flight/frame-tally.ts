// What was found in datagrams, in counts. Kept for each link by telemetry/links.ts, added to by
// mavlink/frame-scanner.ts.

/** Why bytes were no frame. */
export type DropReason = "notMavlink" | "crc" | "truncated" | "unknownMessage" | "incompatFlags";

/** A caller may keep one and have every datagram added to it. */
export interface FrameTally {
  /** Frames handed over, those of unknown messages included. */
  frames: number;
  /** Bytes not handed over, counted once a damaged frame or a run of other bytes, by cause. */
  readonly dropped: Record<DropReason, number>;
}
