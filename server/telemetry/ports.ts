// What the telemetry flow needs of the world, in its own words. Fulfilled by server/ingest for real
// links and files, and by tests on a recording's own stamps.
import type { IdKind } from "../../contract/ids.ts";
import type { SessionEnd } from "../../contract/wire/flight.ts";
import type { JournalEvent } from "../../contract/wire/journal-event.ts";
import type { FrameTally } from "../domain/flight/frame-tally.ts";
import type { Sample } from "../domain/flight/sample.ts";
import type { Log } from "../log.ts";

/** Where a datagram came in and from whom: one link each. */
export interface LinkAddress {
  /** The socket it came in by, as "127.0.0.1:14550". */
  readonly listener: string;
  readonly address: string;
  readonly port: number;
}

/** One valid frame: a place in a datagram, good until the next one is read. */
export interface HeardFrame {
  readonly bytes: Uint8Array;
  /** The frame is `bytes[start, end)`. */
  readonly start: number;
  readonly end: number;
  readonly sysid: number;
  readonly compid: number;
  readonly sequence: number;
  readonly messageId: number;
  /** Undefined for messages nobody has described. */
  readonly definition: { readonly name: string } | undefined;
}

/** The wire: bytes to frames to samples. Never throws, whatever the bytes. */
export interface FrameReader<Frame extends HeardFrame> {
  emptyTally(): FrameTally;
  scan(bytes: Uint8Array, onFrame: (frame: Frame) => void, tally: FrameTally): void;
  toSample(frame: Frame): Sample | undefined;
  /** True for position reports, those without a known position too. */
  isPositionReport(frame: Frame): boolean;
}

/** A session's record while it is written. */
export interface SessionRecord {
  /** Appends the frame `bytes[start, end)`; copies it. `stampUs` is its receipt (or sending). */
  append(stampUs: number, bytes: Uint8Array, start: number, end: number): void;
  /** Length of the record so far, what is not yet on disk included. */
  bytes(): number;
  /** Nothing more will come. */
  close(): void;
}

/** What a record is a record of. */
export interface SessionIdentity {
  readonly sessionId: string;
  readonly vehicleKey: string;
  readonly sysid: number;
  readonly compid: number;
  /** Receipt of its first frame, epoch ms. */
  readonly startMs: number;
}

/** A flight that can no longer change, to be cut out of its record and hashed. */
export interface SealRequest {
  readonly flightId: string;
  readonly sessionId: string;
  readonly armedAtMs: number;
  /** Null where the session ended while the drone was armed. */
  readonly disarmedAtMs: number | null;
  /** What ended the session, where that ended the flight. */
  readonly endedBy?: SessionEnd;
}

export interface TelemetryPorts<Frame extends HeardFrame> {
  readonly frames: FrameReader<Frame>;
  /** Starts a record. Never throws and never waits. */
  readonly openRecord: (session: SessionIdentity) => SessionRecord;
  /** Appends to the journal, and publishes only what has been written. */
  readonly tell: (atMs: number, event: JournalEvent) => void;
  /** Asks for a seal; `flightSealed` is told by whoever makes it. */
  readonly seal: (request: SealRequest) => void;
  readonly makeId: (kind: IdKind) => string;
  readonly log: Pick<Log, "warn">;
}
