// Volumes of airspace in time, and whether two of them are in each other's way.
// Called by the booking flow before it saves, with the neighbours found by box and window.
import type { AmslEnvelope } from "../../../contract/wire/altitude.ts";
import type { Footprint, Position } from "../../../contract/wire/geometry.ts";
import { boundsMeet, boundsOf } from "./bounds.ts";
import { distanceM, localPlane } from "./local-plane.ts";
import {
  nearestOnEdge,
  piecesBetween,
  planeRegion,
  pointAlong,
  sameWay,
  sideOf,
  touchingM,
  type PlaneRegion,
} from "./plane-region.ts";
import { prepareFootprint } from "./prepared-footprint.ts";

/** Half-open [startMs, endMs), epoch milliseconds UTC. */
export interface TimeWindow {
  readonly startMs: number;
  readonly endMs: number;
}

/** ASTM F3548 Volume4D: where, how high above mean sea level, and when. */
export interface Volume4D {
  readonly footprint: Footprint;
  readonly envelope: AmslEnvelope;
  readonly window: TimeWindow;
}

/**
 * Do the two volumes share airspace? Volumes that only touch, in space, height or time, do not; an
 * overlap of 1 cm does. Symmetric.
 */
export function volumesConflict(a: Volume4D, b: Volume4D): boolean {
  return (
    windowsOverlap(a.window, b.window) &&
    envelopesOverlap(a.envelope, b.envelope) &&
    footprintsOverlap(a.footprint, b.footprint)
  );
}

/** A window that ends when the other starts does not overlap it. */
export function windowsOverlap(a: TimeWindow, b: TimeWindow): boolean {
  return a.startMs < b.endMs && b.startMs < a.endMs;
}

/** Bands that share less than a millimetre only touch: sums of heights are not exact. */
export function envelopesOverlap(a: AmslEnvelope, b: AmslEnvelope): boolean {
  return a.lowerAmslM + touchingM < b.upperAmslM && b.lowerAmslM + touchingM < a.upperAmslM;
}

/**
 * Do the outlines share ground? Common edges and corners are no common ground. Symmetric.
 * Right from 1 cm of overlap up; 1 mm or less counts as a touch.
 */
export function footprintsOverlap(a: Footprint, b: Footprint): boolean {
  if (!boundsMeet(boundsOf(a), boundsOf(b))) return false;
  if (a.kind === "circle") {
    if (b.kind !== "circle") return circleOverlapsPolygon(a, b);
    return distanceM(a.centre, b.centre) < a.radiusM + b.radiusM - touchingM;
  }
  if (b.kind === "circle") return circleOverlapsPolygon(b, a);
  return polygonsOverlap(a, b);
}

function circleOverlapsPolygon(
  circle: Footprint & { kind: "circle" },
  polygon: Footprint & { kind: "polygon" },
): boolean {
  if (prepareFootprint(polygon).contains(circle.centre)) return true;
  // The plane finds the nearest point of each edge; its distance is then taken anew by the radii
  // between the two, since centimetres count where kilometres are measured.
  const plane = localPlane(circle.centre);
  const centre = { x: 0, y: 0 };
  return planeRegion(polygon, plane).edges.some((edge) => {
    const nearest = plane.toPosition(nearestOnEdge(edge, centre));
    return distanceM(circle.centre, nearest) < circle.radiusM - touchingM;
  });
}

function polygonsOverlap(
  a: Footprint & { kind: "polygon" },
  b: Footprint & { kind: "polygon" },
): boolean {
  const plane = localPlane(sharedOrigin(a, b));
  const regionA = planeRegion(a, plane);
  const regionB = planeRegion(b, plane);
  return boundaryEnters(regionA, regionB) || boundaryEnters(regionB, regionA);
}

/** A place that does not depend on which comes first. */
function sharedOrigin(a: Footprint, b: Footprint): Position {
  const [first, second] = [boundsOf(a), boundsOf(b)];
  return {
    latDeg: (first.southDeg + first.northDeg + second.southDeg + second.northDeg) / 4,
    lngDeg: (first.westDeg + first.eastDeg + second.westDeg + second.eastDeg) / 4,
  };
}

/**
 * Does a piece of the boundary run through the other's inside, or along its boundary with the
 * inside on the same side? If neither does so to the other, no ground is shared.
 */
function boundaryEnters(region: PlaneRegion, other: PlaneRegion): boolean {
  return region.edges.some((edge) =>
    piecesBetween(edge, [other]).some((piece) => {
      const side = sideOf(other, pointAlong(piece, 0.5));
      switch (side.kind) {
        case "inside":
          return true;
        case "outside":
          return false;
        case "on":
          return sameWay(piece, side.edge);
      }
    }),
  );
}
