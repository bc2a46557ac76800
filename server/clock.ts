// The clock adapter: the only place of the server that reads the time. Ingest stamps datagrams by
// it; the flows and routes are given it. Made once a process.
import { performance } from "node:perf_hooks";

/** Time for those who only ask for it. Epoch, UTC; never goes back. */
export interface Clock {
  nowMs(): number;
  /** Whole microseconds, exact below 2^53. */
  nowUs(): number;
}

/** What the adapter reads: a steady counter, and the wall clock that people may set. */
export interface TimeSource {
  steadyMs(): number;
  wallMs(): number;
}

/** Fastest that the clock is drawn towards the wall clock: 500 parts in a million, as NTP slews. */
const slewRateMax = 500e-6;

const systemTime: TimeSource = { steadyMs: () => performance.now(), wallMs: () => Date.now() };

/**
 * A clock that starts at the wall clock's time, runs on the steady counter and is corrected only by
 * slewing: a wall clock that is set, forwards or back, never makes an age jump.
 */
export function createClock(source: TimeSource = systemTime): Clock {
  let steadyLastMs = source.steadyMs();
  let offsetMs = source.wallMs() - steadyLastMs;

  function read(): number {
    const steadyMs = source.steadyMs();
    const elapsedMs = Math.max(0, steadyMs - steadyLastMs);
    const errorMs = source.wallMs() - steadyMs - offsetMs;
    const slewMs = elapsedMs * slewRateMax;
    offsetMs += Math.min(slewMs, Math.max(-slewMs, errorMs));
    steadyLastMs = steadyMs;
    return steadyMs + offsetMs;
  }

  return { nowMs: read, nowUs: () => Math.round(read() * 1000) };
}
