// Rule: no volume reaches above a height limit of the ground it covers, unless a permission of the
// authority lifts it.
import { touchingM } from "../../airspace/plane-region.ts";
import { footprintsOverlap } from "../../airspace/volume4d.ts";
import { heightGround } from "../booking-proposal.ts";
import { failed, passed, type Rule } from "../rule.ts";
import { validWithin, zoneEnvelope } from "./zone-reach.ts";

export const heightLimit: Rule = (proposal, { ground }) => {
  const heights = heightGround(ground, proposal.resources);
  const permittedAglM = Math.max(
    -Infinity,
    ...proposal.permissions.map(({ heightLimitAglM }) => heightLimitAglM),
  );
  const zones = ground.zones.filter(
    (zone) => zone.kind === "heightLimit" && validWithin(zone, proposal),
  );
  for (const zone of zones) {
    const zoneLimitAmslM = zoneEnvelope(zone, heights).upperAmslM;
    const limitAmslM = Math.max(zoneLimitAmslM, ground.site.groundAmslM + permittedAglM);
    const volume = proposal.volumes.findIndex(
      ({ envelope, footprint }) =>
        envelope.upperAmslM > limitAmslM + touchingM &&
        footprintsOverlap(footprint, zone.footprint),
    );
    const upperAmslM = proposal.volumes[volume]?.envelope.upperAmslM;
    if (upperAmslM === undefined) continue;
    const where = { zoneId: zone.id, zone: zone.name.en };
    return failed("heightLimit", { volume, ...where, upperAmslM, limitAmslM });
  }
  return passed("heightLimit", { zones: zones.length });
};
