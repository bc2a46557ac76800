// Puts windows that overlap in time on lanes beneath each other, as few as it takes. Pure; called
// by the time line of today's bookings.

interface TimeWindow {
  readonly startMs: number;
  /** Half-open: a window may start on the same lane where another ends. */
  readonly endMs: number;
}

/** The lane of each window, from 0, in the order given, which must be by start. */
export function laneOfEach(windows: readonly TimeWindow[]): number[] {
  const laneEndsMs: number[] = [];
  return windows.map(({ startMs, endMs }) => {
    const free = laneEndsMs.findIndex((laneEndMs) => laneEndMs <= startMs);
    const lane = free === -1 ? laneEndsMs.length : free;
    laneEndsMs[lane] = endMs;
    return lane;
  });
}
