// A booked band of heights as an envelope above mean sea level, by which conflicts are decided.
// Called by the booking flow when a volume is asked for.
import type { AltitudeBand, AmslEnvelope } from "../../../contract/wire/altitude.ts";
import type { Footprint } from "../../../contract/wire/geometry.ts";
import { boundsOf } from "./bounds.ts";
import { geoidBounds, geoidRangeM } from "./geoid.ts";

/** The ground that heights above home and above ground are measured from. */
export interface HeightGround {
  /** The site's ground level. */
  readonly groundAmslM: number;
  /** Surfaces of the booked pads; with none, home is taken to be on the site's ground. */
  readonly padSurfacesAmslM: readonly number[];
}

export type EnvelopeOutcome =
  | { readonly kind: "envelope"; readonly envelope: AmslEnvelope }
  /** The datum cannot be turned into AMSL at this place. */
  | { readonly kind: "refused"; readonly expected: string; readonly found: string };

/**
 * The lowest and the highest height above mean sea level that the band can mean: above-home by the
 * lowest and highest booked pad, AGL by the site's ground level, WGS84 by EGM96 over the footprint.
 */
export function amslEnvelope(
  band: AltitudeBand,
  footprint: Footprint,
  ground: HeightGround,
): EnvelopeOutcome {
  switch (band.reference) {
    case "AMSL":
      return raised(band, 0, 0);
    case "AGL":
      return raised(band, ground.groundAmslM, ground.groundAmslM);
    case "ABOVE_HOME": {
      const homes =
        ground.padSurfacesAmslM.length > 0 ? ground.padSurfacesAmslM : [ground.groundAmslM];
      return raised(band, Math.min(...homes), Math.max(...homes));
    }
    case "WGS84": {
      const range = geoidRangeM(boundsOf(footprint));
      if (range) return raised(band, -range.highestM, -range.lowestM);
      const { southDeg, northDeg, westDeg, eastDeg } = geoidBounds;
      return {
        kind: "refused",
        expected:
          `heights as AMSL, AGL or ABOVE_HOME outside ${southDeg}-${northDeg} N, ` +
          `${westDeg}-${eastDeg} E, ` +
          "where the height of the sea above the ellipsoid is not known to this system",
        found: "WGS84",
      };
    }
  }
}

function raised(band: AltitudeBand, byLeastM: number, byMostM: number): EnvelopeOutcome {
  return {
    kind: "envelope",
    envelope: { lowerAmslM: band.lowerM + byLeastM, upperAmslM: band.upperM + byMostM },
  };
}
