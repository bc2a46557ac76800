// Puts a vehicle's samples in order and in time: its boot clock, mapped to receipt time by the
// smallest offset seen. Says which samples may be judged live. Called for every sample that
// carries a boot clock; the state is one session's.

/** A sample later than this by the mapping goes to the record only. */
export const latenessMsMax = 3_000;
/** How fast the offset may rise, to follow a boot clock that runs slow against ours. */
const offsetRisePerSMax = 5;
/** A boot clock that is back by more than this may be a reboot; less is reordering. */
const backStepMsMin = 1_000;
/** A reboot is believed after this many samples in a row on the earlier clock, */
const rebootSamplesMin = 3;
/** over at least this long: a burst of old datagrams arrives at once. */
const rebootSpanMsMin = 1_000;

/** What is known of one vehicle's clock. Plain values. */
export interface LiveClock {
  /** Receipt time minus boot clock, the smallest seen, risen since at most as allowed. */
  readonly offsetMs: number;
  readonly offsetAtMs: number;
  /** The newest boot clock of any sample. */
  readonly newestBootMs: number;
  /** Boot clock of the newest position; -1 before the first. */
  readonly newestPositionBootMs: number;
  /** Samples in a row that are on an earlier clock. */
  readonly back: {
    readonly count: number;
    readonly sinceMs: number;
    readonly bootMs: number;
  } | null;
}

/**
 * judge: in order and in time. late: in order, but too old to judge by. behind: older than a
 * position that was already taken. rebooted: the clock has begun again.
 */
export type ClockVerdict = "judge" | "late" | "behind" | "rebooted";

export interface ClockReading {
  readonly clock: LiveClock;
  readonly verdict: ClockVerdict;
  /** When the sample was taken, in receipt time, epoch ms; never after its receipt. */
  readonly atMs: number;
}

/**
 * Reads one sample's boot clock.
 *
 * @param clock Undefined for the first sample of a session.
 * @param isPosition Only positions are held in order: other messages of one autopilot may be
 *   stamped a little before or after them.
 */
export function readBootClock(
  clock: LiveClock | undefined,
  bootMs: number,
  receivedAtMs: number,
  isPosition: boolean,
): ClockReading {
  if (clock === undefined)
    return {
      clock: firstClock(bootMs, receivedAtMs, isPosition),
      verdict: "judge",
      atMs: receivedAtMs,
    };
  const back = backRun(clock, bootMs, receivedAtMs);
  if (
    back !== null &&
    back.count >= rebootSamplesMin &&
    receivedAtMs - back.sinceMs >= rebootSpanMsMin
  ) {
    return {
      clock: firstClock(bootMs, receivedAtMs, isPosition),
      verdict: "rebooted",
      atMs: receivedAtMs,
    };
  }
  const elapsedS = Math.max(0, receivedAtMs - clock.offsetAtMs) / 1000;
  const offsetMs = Math.min(receivedAtMs - bootMs, clock.offsetMs + elapsedS * offsetRisePerSMax);
  const atMs = bootMs + offsetMs;
  const isBehind = isPosition && bootMs < clock.newestPositionBootMs;
  const next: LiveClock = {
    offsetMs,
    offsetAtMs: receivedAtMs,
    newestBootMs: Math.max(clock.newestBootMs, bootMs),
    newestPositionBootMs: isPosition
      ? Math.max(clock.newestPositionBootMs, bootMs)
      : clock.newestPositionBootMs,
    back,
  };
  const verdict = isBehind ? "behind" : receivedAtMs - atMs > latenessMsMax ? "late" : "judge";
  return { clock: next, verdict, atMs };
}

function firstClock(bootMs: number, receivedAtMs: number, isPosition: boolean): LiveClock {
  return {
    offsetMs: receivedAtMs - bootMs,
    offsetAtMs: receivedAtMs,
    newestBootMs: bootMs,
    newestPositionBootMs: isPosition ? bootMs : -1,
    back: null,
  };
}

function backRun(clock: LiveClock, bootMs: number, receivedAtMs: number): LiveClock["back"] {
  if (bootMs >= clock.newestBootMs - backStepMsMin) return null;
  const { back } = clock;
  if (back === null || bootMs < back.bootMs - backStepMsMin)
    return { count: 1, sinceMs: receivedAtMs, bootMs };
  return { count: back.count + 1, sinceMs: back.sinceMs, bootMs: Math.max(bootMs, back.bootMs) };
}
