// Rule: no booking is longer than the longest allowed.
import { failed, passed, type Rule } from "../rule.ts";

export const withinLength: Rule = ({ startMs, endMs }, { settings }) => {
  const { lengthMsMax } = settings;
  const lengthMs = endMs - startMs;
  const figures = { lengthMs, lengthMsMax };
  return lengthMs > lengthMsMax ? failed("withinLength", figures) : passed("withinLength", figures);
};
