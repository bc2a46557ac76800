// Rule: every aircraft is registered to the booking organisation. Another's is as unknown as none.
import { failed, passed, type Rule } from "../rule.ts";

export const ownAircraft: Rule = ({ aircraft, strangers }) => {
  const [aircraftId] = strangers.aircraftIds;
  if (aircraftId === undefined) return passed("aircraftOfOrganisation", { count: aircraft.length });
  return failed("aircraftOfOrganisation", { aircraftId });
};
