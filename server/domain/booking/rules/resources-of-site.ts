// Rule: pads, bays and stations belong to the booked site.
import { failed, passed, type Rule } from "../rule.ts";

export const resourcesOfSite: Rule = ({ resources, strangers }, { ground }) => {
  const [resourceId] = strangers.resourceIds;
  const site = ground.site.name.en;
  if (resourceId === undefined) return passed("resourcesOfSite", { count: resources.length, site });
  return failed("resourcesOfSite", { resourceId, site });
};
