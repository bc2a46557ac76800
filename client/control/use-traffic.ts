// The aircraft and ships that drones hear, with ages renewed each second. For the Control page.
import { useMemo } from "react";
import type { TrafficContact } from "../../contract/wire/traffic.ts";
import { pageClock } from "../app/clock.ts";
import { useLive } from "../app/live/live-context.ts";
import { trafficNow } from "../app/live/live-traffic.ts";
import { useNow } from "../app/use-now.ts";

const ageStepMs = 1_000;

export function useTraffic(): readonly TrafficContact[] {
  const told = useLive((state) => state.traffic);
  const nowMs = useNow(ageStepMs);
  return useMemo(
    () => trafficNow(told.values(), pageClock.monotonicMs()),
    // The moment only says when to look again; the ages themselves are monotonic.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [told, nowMs],
  );
}
