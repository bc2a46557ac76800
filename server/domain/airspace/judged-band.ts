// A band of heights in the datum it is judged in, and how far a point is beyond it.
// Called by the inclusion and exclusion files; made once a plan.
import type { AltitudeReference, OpenAltitudeBand } from "../../../contract/wire/altitude.ts";
import type { Footprint } from "../../../contract/wire/geometry.ts";
import { boundsOf } from "./bounds.ts";
import { geoidExtremesM, geoidRangeM } from "./geoid.ts";
import type { WatchCause, WatchPoint } from "./watch-cause.ts";

/** Drones report AMSL and above home; AGL is taken from AMSL and the site's ground. */
export type JudgedReference = Exclude<AltitudeReference, "WGS84">;

/** `lowerM` and `upperM` are infinite where the band is open. */
export interface JudgedBand {
  readonly reference: JudgedReference;
  readonly lowerM: number;
  readonly upperM: number;
}

/**
 * The band as asked where drones report its datum. A WGS84 band becomes an AMSL one by EGM96;
 * beyond our piece of EGM96 by its extremes on Earth, always to the strict side.
 *
 * @param side stayWithin narrows what is uncertain, keepOut widens it.
 */
export function judgedBand(
  band: OpenAltitudeBand,
  footprint: Footprint,
  side: "stayWithin" | "keepOut",
): JudgedBand {
  const lowerM = band.lowerM ?? -Infinity;
  const upperM = band.upperM ?? Infinity;
  if (band.reference !== "WGS84") return { reference: band.reference, lowerM, upperM };
  const { lowestM, highestM } = geoidRangeM(boundsOf(footprint)) ?? geoidExtremesM;
  const [forLower, forUpper] = side === "stayWithin" ? [lowestM, highestM] : [highestM, lowestM];
  return { reference: "AMSL", lowerM: lowerM - forLower, upperM: upperM - forUpper };
}

/** The point's height in one datum, metres. */
export function heightIn(reference: JudgedReference, point: WatchPoint): number {
  switch (reference) {
    case "AMSL":
      return point.altitudeAmslM;
    case "AGL":
      return point.altitudeAmslM - point.groundAmslM;
    case "ABOVE_HOME":
      return point.altitudeAboveHomeM;
  }
}

/** The height of the ground in the band's datum: what a floor must be above to be one. */
function groundIn(reference: JudgedReference, point: WatchPoint): number {
  return reference === "AMSL" ? point.groundAmslM : 0;
}

/** A floor at or below home or ground is open downwards: nothing can fly under it. */
export function floorIsOpen(band: JudgedBand, point: WatchPoint): boolean {
  return band.lowerM <= groundIn(band.reference, point);
}

/** Metres above the ceiling; negative below it. */
export function aboveCeilingM(band: JudgedBand, point: WatchPoint): number {
  return heightIn(band.reference, point) - band.upperM;
}

/** Metres below the floor; negative above it, minus infinity where it is open. */
export function belowFloorM(band: JudgedBand, point: WatchPoint): number {
  return floorIsOpen(band, point) ? -Infinity : band.lowerM - heightIn(band.reference, point);
}

/** Infinite heights are no band edge to cross. */
export function bandEdgesM(band: JudgedBand): number[] {
  return [band.lowerM, band.upperM].filter(Number.isFinite);
}

/** A return from above or below a limit needs this much height, metres. */
const heightMarginM = 2;

/**
 * How far under a ceiling (or over a floor) counts as back: 2 m, or half of what the band allows if
 * that is less. A band with a floor and a ceiling allows half its thickness, one that is open
 * downwards all of it down to the ground.
 */
export function heightReturnMarginM(band: JudgedBand, point: WatchPoint): number {
  const roomM = floorIsOpen(band, point)
    ? band.upperM - groundIn(band.reference, point)
    : (band.upperM - band.lowerM) / 2;
  return Math.max(0, Math.min(heightMarginM, roomM / 2));
}

/** The band's edge as it is told: in the datum it was judged in. */
export function limitOf(band: JudgedBand, edge: "ceiling" | "floor"): WatchCause["limit"] {
  const valueM = edge === "ceiling" ? band.upperM : band.lowerM;
  return Number.isFinite(valueM) ? { reference: band.reference, valueM } : null;
}
