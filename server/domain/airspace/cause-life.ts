// The life of one cause in one flight: raised at once, returned slowly, opened again soon after.
// Called by airspace-watch.ts with each reading; makes the changes that alarms are made of.
import type { AlarmPlace } from "../../../contract/wire/alarm.ts";
import {
  placeOf,
  type LimitReading,
  type WatchCause,
  type WatchChange,
  type WatchPoint,
} from "./watch-cause.ts";

/** A cause has returned after being clear of the limit for this long without a break. */
export const clearForMs = 5_000;
/** Leaving again within this time of the return is the same alarm once more. */
export const reopenWithinMs = 60_000;
/** The least growth of the excess that is told as worse: ArduPilot's backup fence lies 20 m out. */
const worseByM = 20;

/** What is remembered of one cause. Plain data. */
export interface CauseState {
  readonly cause: WatchCause;
  readonly phase: "standing" | "returned";
  /** Since when the drone has been clear of the limit; null while it is not. */
  readonly clearSinceMs: number | null;
  readonly returnedAtMs: number | null;
  /** The excess that was last told, metres. */
  readonly toldExcessM: number;
  /** Where the limit was passed farthest so far. */
  readonly worst: AlarmPlace | null;
}

export interface CauseStep {
  /** Undefined: forgotten. The same object where nothing changed. */
  readonly next: CauseState | undefined;
  readonly change: WatchChange | undefined;
}

interface Moment {
  readonly atMs: number;
  readonly point: WatchPoint;
}

/** A limit that was not being watched: raised by the first breach. */
export function beginCause(reading: LimitReading, { atMs }: Moment): CauseStep {
  if (reading.breach === undefined) return { next: undefined, change: undefined };
  return {
    next: standing(reading, atMs, reading.breach.excessM ?? 0, reading.breach),
    change: {
      change: "raised",
      cause: reading.cause,
      atMs,
      place: reading.breach,
      worst: reading.breach,
    },
  };
}

/**
 * A limit that stands or has just returned.
 *
 * @param reading Undefined where the limit is no more: its zone or booking ended or left the plan.
 */
export function continueCause(
  state: CauseState,
  reading: LimitReading | undefined,
  moment: Moment,
): CauseStep {
  switch (state.phase) {
    case "standing":
      return reading === undefined ? returned(state, moment) : stand(state, reading, moment);
    case "returned":
      return rest(state, reading, moment);
  }
}

function stand(state: CauseState, reading: LimitReading, moment: Moment): CauseStep {
  const { atMs } = moment;
  const place = reading.breach;
  if (place !== undefined) {
    const excessM = place.excessM ?? 0;
    const worst = worseOf(state.worst, place);
    if (!isWorse(excessM, state.toldExcessM)) {
      const next = standing(reading, atMs, state.toldExcessM, worst);
      const same = state.clearSinceMs === next.clearSinceMs && state.worst === worst;
      return { next: same ? state : next, change: undefined };
    }
    return {
      next: standing(reading, atMs, excessM, worst),
      change: { change: "worsened", cause: reading.cause, atMs, place, worst },
    };
  }
  if (!reading.clear) {
    const next = state.clearSinceMs === null ? state : { ...state, clearSinceMs: null };
    return { next, change: undefined };
  }
  if (state.clearSinceMs === null) {
    return { next: { ...state, clearSinceMs: atMs }, change: undefined };
  }
  if (atMs - state.clearSinceMs < clearForMs) return { next: state, change: undefined };
  return returned(state, moment);
}

/** Worse at 20 m more and twice as much, so that a fly-away is told anew but not by the second. */
function isWorse(excessM: number, toldExcessM: number): boolean {
  return excessM >= Math.max(toldExcessM + worseByM, 2 * toldExcessM);
}

/** The farther of two places; the earlier one where they are equal. */
function worseOf(before: AlarmPlace | null, now: AlarmPlace): AlarmPlace {
  return before === null || (now.excessM ?? 0) > (before.excessM ?? 0) ? now : before;
}

/** `clear` beside a breach: passed and kept again since the last sample; the return begins now. */
function standing(
  reading: LimitReading,
  atMs: number,
  toldExcessM: number,
  worst: AlarmPlace | null,
): CauseState {
  return {
    cause: reading.cause,
    phase: "standing",
    clearSinceMs: reading.clear ? atMs : null,
    returnedAtMs: null,
    toldExcessM,
    worst,
  };
}

function returned(state: CauseState, { atMs, point }: Moment): CauseStep {
  const { cause, worst } = state;
  return {
    next: { ...state, phase: "returned", clearSinceMs: null, returnedAtMs: atMs },
    change: { change: "returned", cause, atMs, place: placeOf(point, null), worst },
  };
}

function rest(state: CauseState, reading: LimitReading | undefined, moment: Moment): CauseStep {
  const { atMs } = moment;
  const isRecent = atMs - (state.returnedAtMs ?? atMs) <= reopenWithinMs;
  if (reading?.breach === undefined) {
    return { next: isRecent ? state : undefined, change: undefined };
  }
  if (!isRecent) return beginCause(reading, moment);
  const place = reading.breach;
  const excessM = place.excessM ?? 0;
  const worst = worseOf(state.worst, place);
  // What was told before still stands: only what is clearly worse than that is told as worse.
  const toldExcessM = isWorse(excessM, state.toldExcessM) ? excessM : state.toldExcessM;
  return {
    next: standing(reading, atMs, toldExcessM, worst),
    change: { change: "reopened", cause: reading.cause, atMs, place, worst },
  };
}
