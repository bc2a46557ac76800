// What the telemetry flow needs of the world, in its own words. Fulfilled by server/ingest for real
// links and files, and by tests on a recording's own stamps.
import type { IdKind } from "../../contract/ids.ts";
import type { SessionEnd } from "../../contract/wire/flight.ts";
import type { JournalEvent } from "../../contract/wire/journal-event.ts";
import type { BindableFlight } from "../domain/flight/flight-binding.ts";
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

/** Why a frame is not believed: what its signature, or the lack of one, is worth. */
export type SignatureRefusal =
  /** Not signed, by a vehicle that must sign. */
  | "unsigned"
  | "badSignature"
  /** Its stamp is not newer than the last one of its stream. */
  | "replayed"
  /** The same, but of the last two seconds: most often one frame that came by two ways. */
  | "repeated"
  /** The first of its stream, and too old to begin one. */
  | "oldStream";

/** What is thought of one frame before anything is learned from it. */
export type SignatureFinding =
  | { readonly kind: "notChecked" }
  /** Let through by the vehicle's policy, or as every RADIO_STATUS is. */
  | { readonly kind: "unsigned" }
  | { readonly kind: "verified"; readonly aircraftId: string }
  | { readonly kind: "refused"; readonly why: SignatureRefusal };

/** Judges every valid frame by the key of whom it says it is from. */
export interface SignatureJudge<Frame extends HeardFrame> {
  judge(frame: Frame, receivedAtMs: number): SignatureFinding;
}

/** One stream that is read in pieces. */
export interface FrameStream {
  push(piece: Uint8Array): void;
  /** The stream has ended: what waits is settled. */
  end(): void;
}

/** The wire: bytes to frames to samples. Never throws, whatever the bytes. */
export interface FrameReader<Frame extends HeardFrame> {
  emptyTally(): FrameTally;
  scan(bytes: Uint8Array, onFrame: (frame: Frame) => void, tally: FrameTally): void;
  openStream(onFrame: (frame: Frame) => void, tally: FrameTally): FrameStream;
  toSample(frame: Frame): Sample | undefined;
  /** True for position reports, those without a known position too. */
  isPositionReport(frame: Frame): boolean;
  /** The frame as it may be kept, where that differs: SETUP_SIGNING without its key. */
  withoutSecrets(bytes: Uint8Array, start: number, end: number): Uint8Array | undefined;
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
  /** System ids of ground stations: ours, and the one that they have by custom. */
  readonly stationSysids: ReadonlySet<number>;
  readonly frames: FrameReader<Frame>;
  /** Absent: no signature is ever looked at. */
  readonly signatures?: SignatureJudge<Frame>;
  /** Keeps a frame that was refused, apart from the records: nothing is learned from those. */
  readonly keepRefused?: (stampUs: number, bytes: Uint8Array) => void;
  /** Starts a record. Never throws and never waits. */
  readonly openRecord: (session: SessionIdentity) => SessionRecord;
  /** Appends to the journal, and publishes only what has been written. */
  readonly tell: (atMs: number, event: JournalEvent) => void;
  /** Asks for a seal; `flightSealed` is told by whoever makes it. */
  readonly seal: (request: SealRequest) => void;
  readonly makeId: (kind: IdKind) => string;
  /** A flight that has ended, as it was journalled. Absent: none can be bound any more. */
  readonly pastFlight?: (flightId: string) => BindableFlight | undefined;
  readonly log: Pick<Log, "warn">;
}
