// Rule: a booking starts within the horizon.
import { failed, passed, type Rule } from "../rule.ts";

export const withinHorizon: Rule = ({ startMs }, { nowMs, settings }) => {
  const { horizonMaxMs } = settings;
  const figures = { aheadMs: startMs - nowMs, horizonMaxMs };
  const tooFar = startMs - nowMs > horizonMaxMs;
  return tooFar ? failed("withinHorizon", figures) : passed("withinHorizon", figures);
};
