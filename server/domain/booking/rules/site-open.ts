// Rule: a closed site takes no bookings. A site on hold does: the hold is about today's take-offs.
import { failed, passed, type Rule } from "../rule.ts";

export const siteOpen: Rule = (_proposal, { ground }) => {
  const { status, name } = ground.site;
  const figures = { site: name.en, status };
  return status === "closed" ? failed("siteOpen", figures) : passed("siteOpen", figures);
};
