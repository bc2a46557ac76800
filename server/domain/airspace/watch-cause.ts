// The words of the airspace watch: what a drone reported, which limit it passed, what changed.
// Shared by the judging files of this folder; read by the telemetry flow, which makes alarms of it.
import type { AlarmCondition, AlarmKind, AlarmPlace } from "../../../contract/wire/alarm.ts";
import type { Position } from "../../../contract/wire/geometry.ts";
import type { Bilingual } from "../../../contract/wire/site.ts";

/** One reported place of a drone, as it is judged. Kept as the last sample: never changed later. */
export interface WatchSample {
  /** Judged time, epoch ms. */
  readonly atMs: number;
  readonly position: Position;
  readonly altitudeAmslM: number;
  readonly altitudeAboveHomeM: number;
}

/** A sample, or a place between two, with the ground that heights above ground count from. */
export interface WatchPoint {
  readonly position: Position;
  readonly altitudeAmslM: number;
  readonly altitudeAboveHomeM: number;
  readonly groundAmslM: number;
}

/** One limit that a flight has passed: what an alarm is about. */
export interface WatchCause {
  /** The same for the same limit throughout a flight, as "volumeCeiling" or "keepOut:zone_7". */
  readonly key: string;
  readonly kind: AlarmKind;
  /** The zone concerned; null for the booked volume. */
  readonly zoneId: string | null;
  /** The zone's or the booked volume's name. */
  readonly zoneName: Bilingual | null;
  /** In the datum it was judged by; null where the limit is sideways. */
  readonly limit: AlarmCondition["limit"];
}

/**
 * raised: a new alarm. reopened: left again within 60 s of the return, the same alarm once more.
 * worsened: clearly farther beyond than last told. returned: back for long and far enough.
 */
export interface WatchChange {
  readonly change: "raised" | "reopened" | "worsened" | "returned";
  readonly cause: WatchCause;
  readonly atMs: number;
  /** Where the limit was passed; at a return, where the drone is now (`excessM` null). */
  readonly place: AlarmPlace;
  /** Where the limit was passed farthest since it was first passed; null where that is unknown. */
  readonly worst: AlarmPlace | null;
}

/** What one limit says of one sample. */
export interface LimitReading {
  readonly cause: WatchCause;
  /** Where and how far beyond the limit; undefined where it is kept. */
  readonly breach: AlarmPlace | undefined;
  /** True where the drone is so far within the limit that it may count as returned. */
  readonly clear: boolean;
}

export function placeOf(point: WatchPoint, excessM: number | null): AlarmPlace {
  const { position, altitudeAmslM, altitudeAboveHomeM } = point;
  return { position, altitudeAmslM, altitudeAboveHomeM, excessM };
}
