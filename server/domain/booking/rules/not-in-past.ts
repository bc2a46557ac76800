// Rule: a booking starts now or later. The grace is for starts given to the minute.
import { failed, passed, type Rule } from "../rule.ts";

export const notInPast: Rule = ({ startMs, endMs }, { nowMs, settings }) => {
  const { startGraceMsMax } = settings;
  const figures = { startMs, nowMs, startGraceMsMax };
  const late = startMs < nowMs - startGraceMsMax || endMs <= nowMs;
  return late ? failed("notInPast", figures) : passed("notInPast", figures);
};
