// What `npm run log -- inspect` says of a flight log of any format. The names are a promise to
// users' scripts: they may be added to, never changed.

import type { PositionSummary } from "./position-summary.ts";

/**
 * Where the log's times come from. With "boot" and "unknown" there is no date: `startMs` and
 * `endMs` are null and all other times count from the log's start.
 */
export type LogClock = "gps" | "receipt" | "boot" | "unknown";

/** Milliseconds since 1970 UTC, or since the log's start (see `LogClock`); floored. */
type LogTimeMs = number;

export interface SystemInspection {
  readonly sysid: number;
  readonly compid: number;
  readonly frames: number;
  /** Null for what is no autopilot, and for an autopilot without a known position. */
  readonly position: PositionSummary | null;
}

/** More than two seconds without a frame of that autopilot. */
export interface LogGap {
  readonly sysid: number;
  readonly compid: number;
  readonly fromMs: LogTimeMs;
  readonly toMs: LogTimeMs;
}

export type LogWarningKind =
  | "badSpan" // bytes that are no record
  | "cutTail" // the file ends within a record; also counted as a bad span
  | "unknownMessage" // frames of messages that have no definition here, kept but not read
  | "implausibleStamp" // a receipt time before 2010 or after 2100, not used
  | "stampBackwards" // a record whose receipt time is earlier than the one before it
  | "sequenceGap" // frames missing by their 8-bit sequence numbers, so 256 lost show as none
  | "signatureRefused" // the key given does not make this signature
  | "signingKeyInFile"; // a SETUP_SIGNING: whoever has the file has the key

export interface LogWarning {
  readonly kind: LogWarningKind;
  readonly count: number;
  /** Null where nothing in the log says when. */
  readonly firstAtMs: LogTimeMs | null;
}

export interface LogInspection {
  readonly format: "tlog";
  readonly bytes: number;
  readonly frames: number;
  /** Runs of bytes that are no record, a cut tail included. */
  readonly badSpans: number;
  /** Frames by message name; `UNKNOWN_<id>` where the name is not known. */
  readonly messages: Readonly<Record<string, number>>;
  readonly systems: readonly SystemInspection[];
  readonly startMs: LogTimeMs | null;
  readonly endMs: LogTimeMs | null;
  readonly clock: LogClock;
  readonly gaps: readonly LogGap[];
  /** Of the one autopilot; null where there is none, or several. */
  readonly position: PositionSummary | null;
  readonly signed: {
    readonly frames: number;
    /** Both only where a key was given. */
    readonly verified?: number;
    readonly refused?: number;
  };
  readonly warnings: readonly LogWarning[];
}
