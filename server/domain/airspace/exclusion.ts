// Limits that a drone must stay out of: keep-out zones, and the space above a height limit.
// Called by airspace-watch.ts.
import type { Permission } from "../../../contract/wire/booking.ts";
import type { Zone } from "../../../contract/wire/zone.ts";
import { lateralMarginM } from "./inclusion.ts";
import {
  aboveCeilingM,
  belowFloorM,
  floorIsOpen,
  heightIn,
  heightReturnMarginM,
  limitOf,
  type JudgedBand,
} from "./judged-band.ts";
import type { PreparedFootprint } from "./prepared-footprint.ts";
import { placeOf, type LimitReading, type WatchCause, type WatchPoint } from "./watch-cause.ts";

export interface Exclusion {
  readonly zone: Zone;
  readonly footprint: PreparedFootprint;
  readonly band: JudgedBand;
}

/** A return from beside or above a keep-out needs this much height, metres. */
const keepOutHeightMarginM = 2;

export function exclusionKey({ zone }: Exclusion): string {
  return `${zone.kind}:${zone.id}`;
}

/** Cheap: asks Turf once, and only at heights where it matters. */
export function breaksExclusion(
  exclusion: Exclusion,
  point: WatchPoint,
  permissions: readonly Permission[],
): boolean {
  const band = bandFor(exclusion, point, permissions);
  return bandHolds(band, point) && exclusion.footprint.contains(point.position);
}

/** The heights that are forbidden: a permission lifts a height limit where it allows more. */
export function bandFor(
  { zone, band }: Exclusion,
  point: WatchPoint,
  permissions: readonly Permission[],
): JudgedBand {
  if (zone.kind !== "heightLimit") return band;
  let forbidden: JudgedBand = { reference: band.reference, lowerM: band.upperM, upperM: Infinity };
  for (const { heightLimitAglM } of permissions) {
    const lifted: JudgedBand = { reference: "AGL", lowerM: heightLimitAglM, upperM: Infinity };
    if (aboveFloorM(lifted, point) < aboveFloorM(forbidden, point)) forbidden = lifted;
  }
  return forbidden;
}

/** Metres the point is above the band's floor, whether the floor is open or not. */
function aboveFloorM(band: JudgedBand, point: WatchPoint): number {
  return heightIn(band.reference, point) - band.lowerM;
}

function bandHolds(band: JudgedBand, point: WatchPoint): boolean {
  return aboveFloorM(band, point) > 0 || floorIsOpen(band, point)
    ? aboveCeilingM(band, point) < 0
    : false;
}

export function readExclusion(
  exclusion: Exclusion,
  point: WatchPoint,
  permissions: readonly Permission[],
): LimitReading {
  switch (exclusion.zone.kind) {
    case "heightLimit":
      return readHeightLimit(exclusion, point, permissions);
    case "keepOut":
    case "operatingArea":
      return readKeepOut(exclusion, point);
  }
}

/** Beyond by as much as the shortest way out: sideways, over the top, or under the floor. */
function readKeepOut(exclusion: Exclusion, point: WatchPoint): LimitReading {
  const { footprint, band } = exclusion;
  const insideM = -footprint.signedDistanceM(point.position);
  const underCeilingM = -aboveCeilingM(band, point);
  const overFloorM = -belowFloorM(band, point);
  const excessM = Math.min(insideM, underCeilingM, overFloorM);
  const isInside = breaksExclusion(exclusion, point, []);
  return {
    cause: causeOf(exclusion, null),
    breach: isInside ? placeOf(point, Math.max(0, excessM)) : undefined,
    clear:
      !isInside &&
      (insideM <= -lateralMarginM ||
        underCeilingM <= -keepOutHeightMarginM ||
        overFloorM <= -keepOutHeightMarginM),
  };
}

/** Beyond by as much as the drone is too high. */
function readHeightLimit(
  exclusion: Exclusion,
  point: WatchPoint,
  permissions: readonly Permission[],
): LimitReading {
  const { reference, lowerM } = bandFor(exclusion, point, permissions);
  const limitBand: JudgedBand = { reference, lowerM: -Infinity, upperM: lowerM };
  const tooHighM = aboveCeilingM(limitBand, point);
  const isBeyond = tooHighM > 0 && exclusion.footprint.contains(point.position);
  const marginM = heightReturnMarginM(limitBand, point);
  return {
    cause: causeOf(exclusion, limitOf(limitBand, "ceiling")),
    breach: isBeyond ? placeOf(point, tooHighM) : undefined,
    clear:
      !isBeyond &&
      (tooHighM <= -marginM ||
        exclusion.footprint.signedDistanceM(point.position) >= lateralMarginM),
  };
}

function causeOf(exclusion: Exclusion, limit: WatchCause["limit"]): WatchCause {
  const { zone } = exclusion;
  return {
    key: exclusionKey(exclusion),
    kind: zone.kind,
    zoneId: zone.id,
    zoneName: zone.name,
    limit,
  };
}
