// Rule: a booking starts within the horizon.
import { failed, passed, type Rule } from "../rule.ts";

export const withinHorizon: Rule = ({ startMs }, { nowMs, settings }) => {
  const { horizonMsMax } = settings;
  const figures = { aheadMs: startMs - nowMs, horizonMsMax };
  const tooFar = startMs - nowMs > horizonMsMax;
  return tooFar ? failed("withinHorizon", figures) : passed("withinHorizon", figures);
};
