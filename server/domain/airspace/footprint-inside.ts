// Does an outline lie within the operating areas? Called by the booking rule of that name.
import type { Footprint, Position } from "../../../contract/wire/geometry.ts";
import { boundsOf } from "./bounds.ts";
import { distanceM, localPlane } from "./local-plane.ts";
import {
  piecesBetween,
  planeRegion,
  pointAlong,
  sameWay,
  sideOf,
  touchingM,
  type PlaneEdge,
  type PlaneRegion,
} from "./plane-region.ts";
import { prepareFootprint, type PreparedFootprint } from "./prepared-footprint.ts";

export type InsideOutcome =
  | { readonly kind: "inside" }
  /**
   * The place of the footprint that is farthest outside the areas, and how far that is: 0 on the
   * rim of a gap in them, null where there is no area.
   */
  | { readonly kind: "outside"; readonly at: Position; readonly byM: number | null };

/**
 * Does the footprint lie inside the areas taken together? Touching their edge from inside is
 * allowed, and so is lying across the common edge of two. With no areas nothing is inside.
 *
 * A circle within a single area is decided by its radius. Elsewhere circles are drawn with 360
 * corners, to the safe side: one that touches a joint edge within 0.004 % of its radius is refused.
 */
export function footprintInside(footprint: Footprint, areas: readonly Footprint[]): InsideOutcome {
  if (footprint.kind === "circle" && areas.some((area) => holdsCircle(area, footprint))) {
    return { kind: "inside" };
  }
  const bounds = boundsOf(footprint);
  const plane = localPlane({
    latDeg: (bounds.southDeg + bounds.northDeg) / 2,
    lngDeg: (bounds.westDeg + bounds.eastDeg) / 2,
  });
  const region = planeRegion(footprint, plane, "around");
  const regions = areas.map((area) => planeRegion(area, plane));
  const prepared = areas.map(prepareFootprint);
  let worst: { at: Position; byM: number } | undefined;
  for (const piece of uncoveredPieces(region, regions)) {
    for (const t of [0, 0.5, 1]) {
      const at = plane.toPosition(pointAlong(piece, t));
      const byM = beyondM(at, prepared);
      if (worst === undefined || byM > worst.byM) worst = { at, byM };
    }
  }
  if (worst === undefined) return { kind: "inside" };
  return { kind: "outside", at: worst.at, byM: areas.length > 0 ? worst.byM : null };
}

function holdsCircle(area: Footprint, circle: Footprint & { kind: "circle" }): boolean {
  if (area.kind === "circle") {
    return distanceM(area.centre, circle.centre) + circle.radiusM <= area.radiusM + touchingM;
  }
  return prepareFootprint(area).signedDistanceM(circle.centre) <= touchingM - circle.radiusM;
}

/** Pieces of the footprint's boundary, or of the areas' boundary within it, with no area beyond. */
function uncoveredPieces(region: PlaneRegion, areas: readonly PlaneRegion[]): PlaneEdge[] {
  const ownPieces = region.edges.flatMap((edge) => piecesBetween(edge, areas));
  const outside = ownPieces.filter((piece) => {
    const middle = pointAlong(piece, 0.5);
    return !areas.some((area) => {
      const side = sideOf(area, middle);
      return side.kind === "inside" || (side.kind === "on" && sameWay(piece, side.edge));
    });
  });
  // A gap between areas, or a hole in one, can lie wholly within the footprint.
  const gaps = areas.flatMap((area) => {
    const others = areas.filter((other) => other !== area);
    return area.edges
      .flatMap((edge) => piecesBetween(edge, [region, ...others]))
      .filter((piece) => {
        const middle = pointAlong(piece, 0.5);
        if (sideOf(region, middle).kind !== "inside") return false;
        return !others.some((other) => {
          const side = sideOf(other, middle);
          return side.kind === "inside" || (side.kind === "on" && !sameWay(piece, side.edge));
        });
      });
  });
  return [...outside, ...gaps];
}

function beyondM(at: Position, areas: readonly PreparedFootprint[]): number {
  const distances = areas.map((area) => area.signedDistanceM(at));
  return Math.max(0, Math.min(...distances));
}
