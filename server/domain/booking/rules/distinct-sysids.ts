// Rule: no two drones of a booking share a MAVLink system id, or their telemetry could not be told
// apart.
import { failed, passed, type Rule } from "../rule.ts";

export const distinctSysids: Rule = ({ aircraft, telemetry }) => {
  if (telemetry === "none") return passed("distinctSysids");
  for (const [index, one] of aircraft.entries()) {
    const twin = aircraft.find((other, at) => at < index && other.sysid === one.sysid);
    if (twin === undefined) continue;
    return failed("distinctSysids", { sysid: one.sysid, aircraft: one.name, other: twin.name });
  }
  return passed("distinctSysids", { count: aircraft.length });
};
