// Rule: no booking is longer than the longest allowed.
import { failed, passed, type Rule } from "../rule.ts";

export const withinLength: Rule = ({ startMs, endMs }, { settings }) => {
  const { lengthMaxMs } = settings;
  const lengthMs = endMs - startMs;
  const figures = { lengthMs, lengthMaxMs };
  return lengthMs > lengthMaxMs ? failed("withinLength", figures) : passed("withinLength", figures);
};
