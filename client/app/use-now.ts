// The moving moment, for clocks and now-lines.
import { useEffect, useState } from "react";
import { pageClock } from "./clock.ts";

/** The server's time, taken anew at every multiple of `stepMs`; epoch ms UTC. */
export function useNow(stepMs: number): number {
  const [nowMs, setNowMs] = useState(() => pageClock.nowMs());
  useEffect(() => {
    let timer: number | undefined;
    const tick = (): void => {
      const timeMs = pageClock.nowMs();
      setNowMs(timeMs);
      timer = window.setTimeout(tick, stepMs - (timeMs % stepMs) + 1);
    };
    tick();
    return () => window.clearTimeout(timer);
  }, [stepMs]);
  return nowMs;
}
