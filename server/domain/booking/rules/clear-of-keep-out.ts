// Rule: no volume shares airspace with a keep-out zone that is valid during the booking.
import { envelopesOverlap, footprintsOverlap } from "../../airspace/volume4d.ts";
import { heightGround } from "../booking-proposal.ts";
import { failed, passed, type Rule } from "../rule.ts";
import { validWithin, zoneEnvelope } from "./zone-reach.ts";

export const clearOfKeepOut: Rule = (proposal, { ground }) => {
  const heights = heightGround(ground, proposal.resources);
  const zones = ground.zones.filter(
    (zone) => zone.kind === "keepOut" && validWithin(zone, proposal),
  );
  for (const zone of zones) {
    const band = zoneEnvelope(zone, heights);
    const volume = proposal.volumes.findIndex(
      ({ envelope, footprint }) =>
        envelopesOverlap(envelope, band) && footprintsOverlap(footprint, zone.footprint),
    );
    if (volume < 0) continue;
    const { lowerAmslM, upperAmslM } = band;
    const where = { zoneId: zone.id, zone: zone.name.en, lowerAmslM, upperAmslM };
    return failed("clearOfKeepOut", { volume, ...where });
  }
  return passed("clearOfKeepOut", { zones: zones.length });
};
