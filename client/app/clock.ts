// The page's only clocks. Shown time is the server's, carried forward by the browser's monotonic
// clock, so that a wrong wall clock on this machine shows no wrong time.

interface PageClock {
  /** The server's time as well as it is known, epoch ms UTC. */
  readonly nowMs: () => number;
  /** Milliseconds since the page was opened; never steps. */
  readonly monotonicMs: () => number;
  /** Takes over what the server says its time is now. */
  readonly anchorTo: (serverTimeMs: number) => void;
}

/** @param wallMs Used until the server's time is known. */
function createPageClock(wallMs: () => number, monotonicMs: () => number): PageClock {
  let anchor: { serverTimeMs: number; atMonotonicMs: number } | undefined;
  return {
    nowMs: () =>
      anchor === undefined
        ? wallMs()
        : Math.round(anchor.serverTimeMs + monotonicMs() - anchor.atMonotonicMs),
    monotonicMs,
    anchorTo(serverTimeMs) {
      anchor = { serverTimeMs, atMonotonicMs: monotonicMs() };
    },
  };
}

export const pageClock: PageClock = createPageClock(
  () => Date.now(),
  () => performance.now(),
);
