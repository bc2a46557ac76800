// Rule: every pilot is one of the booking organisation's people.
import { failed, passed, type Rule } from "../rule.ts";

export const ownPilots: Rule = ({ pilots, strangers }) => {
  const [pilotId] = strangers.pilotIds;
  if (pilotId === undefined) return passed("pilotsOfOrganisation", { count: pilots.length });
  return failed("pilotsOfOrganisation", { pilotId });
};
