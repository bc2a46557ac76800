// Rule: a booking holds a pad to take off from. Resources of another site are another rule's.
import { failed, passed, type Rule } from "../rule.ts";

export const takeOffPad: Rule = ({ resources, strangers }) => {
  const pads = resources.filter(({ kind }) => kind === "pad").length;
  if (pads > 0 || strangers.resourceIds.length > 0) return passed("takeOffPad", { pads });
  return failed("takeOffPad", { pads, resources: resources.length });
};
