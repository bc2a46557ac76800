// Rule: every volume lies inside the operating areas that are valid for the whole booking.
import { footprintInside } from "../../airspace/footprint-inside.ts";
import { failed, passed, type Rule } from "../rule.ts";
import { validThroughout } from "./zone-reach.ts";

export const insideOperatingArea: Rule = (proposal, { ground }) => {
  const areas = ground.zones
    .filter((zone) => zone.kind === "operatingArea" && validThroughout(zone, proposal))
    .map((zone) => zone.footprint);
  for (const [volume, { label, footprint }] of proposal.volumes.entries()) {
    const outcome = footprintInside(footprint, areas);
    if (outcome.kind === "inside") continue;
    const { at, byM } = outcome;
    const distance = byM === null ? {} : { outsideByM: Math.round(byM * 100) / 100 };
    const place = { latDeg: at.latDeg, lngDeg: at.lngDeg, ...distance };
    return failed("insideOperatingArea", { volume, label, ...place, areas: areas.length });
  }
  return passed("insideOperatingArea", { areas: areas.length });
};
