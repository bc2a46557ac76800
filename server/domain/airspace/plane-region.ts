// Outlines as rings in one local plane, cut where their boundaries meet: the common ground of
// conflicts (volume4d.ts) and of lying inside an operating area (footprint-inside.ts).
import type { Footprint } from "../../../contract/wire/geometry.ts";
import type { LocalPlane, PlanePoint } from "./local-plane.ts";

/**
 * What is nearer than this touches and does not overlap. A tenth of the smallest overlap that must
 * be seen (1 cm), and ten times what coordinates of nine decimals are rounded by.
 */
export const touchingM = 0.001;

/** A straight piece of boundary with the region's inside on its left. */
export interface PlaneEdge {
  readonly from: PlanePoint;
  readonly to: PlanePoint;
}

export interface PlaneRegion {
  readonly edges: readonly PlaneEdge[];
}

/** Corners by which a circle is drawn: the drawing is at most 0.004 % of the radius off. */
const circleCorners = 360;

/**
 * The footprint in the plane. Rings may run either way and be closed or not.
 *
 * @param circlesDrawn within: a circle's corners lie on it; around: its sides touch it.
 */
export function planeRegion(
  footprint: Footprint,
  plane: LocalPlane,
  circlesDrawn: "within" | "around" = "within",
): PlaneRegion {
  switch (footprint.kind) {
    case "circle": {
      const { x, y } = plane.toPlane(footprint.centre);
      const grown = circlesDrawn === "around" ? 1 / Math.cos(Math.PI / circleCorners) : 1;
      const radiusM = footprint.radiusM * grown;
      const ring = Array.from({ length: circleCorners }, (_, corner) => {
        const angle = (corner * 2 * Math.PI) / circleCorners;
        return {
          x: x + radiusM * Math.cos(angle),
          y: y + radiusM * Math.sin(angle),
        };
      });
      return { edges: ringEdges(ring) };
    }
    case "polygon": {
      const edges = footprint.polygon.coordinates.flatMap((coordinates, index) => {
        const ring = coordinates.map(([lngDeg, latDeg]) => plane.toPlane({ lngDeg, latDeg }));
        const inwardOnLeft = index === 0;
        return ringEdges(ringAreaM2(ring) > 0 === inwardOnLeft ? ring : ring.reverse());
      });
      return { edges };
    }
  }
}

/** Signed area in square metres: positive where the ring runs against the clock. */
export function ringAreaM2(ring: readonly PlanePoint[]): number {
  let doubled = 0;
  let previous = ring.at(-1);
  for (const corner of ring) {
    if (previous) doubled += previous.x * corner.y - corner.x * previous.y;
    previous = corner;
  }
  return doubled / 2;
}

function ringEdges(ring: readonly PlanePoint[]): PlaneEdge[] {
  const edges: PlaneEdge[] = [];
  let from = ring.at(-1);
  for (const to of ring) {
    if (from && (from.x !== to.x || from.y !== to.y)) edges.push({ from, to });
    from = to;
  }
  return edges;
}

/** Inside and outside are farther than `touchingM` from the boundary; `on` names the edge there. */
export type PlaneSide =
  | { readonly kind: "inside" }
  | { readonly kind: "outside" }
  | { readonly kind: "on"; readonly edge: PlaneEdge };

export function sideOf(region: PlaneRegion, point: PlanePoint): PlaneSide {
  let inside = false;
  for (const edge of region.edges) {
    if (distanceToEdgeM(edge, point) <= touchingM) return { kind: "on", edge };
    const { from, to } = edge;
    if (
      from.y > point.y !== to.y > point.y &&
      point.x < from.x + ((point.y - from.y) * (to.x - from.x)) / (to.y - from.y)
    ) {
      inside = !inside;
    }
  }
  return { kind: inside ? "inside" : "outside" };
}

/** The point of the edge that is nearest. */
export function nearestOnEdge({ from, to }: PlaneEdge, point: PlanePoint): PlanePoint {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const along = ((point.x - from.x) * dx + (point.y - from.y) * dy) / (dx * dx + dy * dy);
  const t = Math.min(1, Math.max(0, along));
  return { x: from.x + t * dx, y: from.y + t * dy };
}

function distanceToEdgeM(edge: PlaneEdge, point: PlanePoint): number {
  const nearest = nearestOnEdge(edge, point);
  return Math.hypot(point.x - nearest.x, point.y - nearest.y);
}

/**
 * The edge's pieces between all its meetings with the other regions' boundaries. No piece crosses
 * a boundary, so the middle of each stands for it all. Pieces too short to be told from a touch are
 * left out.
 */
export function piecesBetween(edge: PlaneEdge, others: readonly PlaneRegion[]): PlaneEdge[] {
  const cuts = [0, 1];
  for (const other of others) {
    for (const otherEdge of other.edges) cuts.push(...cutsBy(edge, otherEdge));
  }
  cuts.sort((a, b) => a - b);
  const pieces: PlaneEdge[] = [];
  for (let index = 1; index < cuts.length; index++) {
    const piece = {
      from: pointAlong(edge, cuts[index - 1] ?? 0),
      to: pointAlong(edge, cuts[index] ?? 1),
    };
    if (lengthM(piece) > 2 * touchingM) pieces.push(piece);
  }
  return pieces;
}

/** Where on `edge` (0..1) the other one crosses it, or begins or ends on it. */
function cutsBy(edge: PlaneEdge, other: PlaneEdge): number[] {
  if (apart(edge, other)) return [];
  const dx = edge.to.x - edge.from.x;
  const dy = edge.to.y - edge.from.y;
  const squared = dx * dx + dy * dy;
  const cuts: number[] = [];
  for (const corner of [other.from, other.to]) {
    if (distanceToEdgeM(edge, corner) > touchingM) continue;
    cuts.push(((corner.x - edge.from.x) * dx + (corner.y - edge.from.y) * dy) / squared);
  }
  const ex = other.to.x - other.from.x;
  const ey = other.to.y - other.from.y;
  const cross = dx * ey - dy * ex;
  if (cross !== 0) {
    const ax = other.from.x - edge.from.x;
    const ay = other.from.y - edge.from.y;
    const along = (ax * dy - ay * dx) / cross;
    if (along >= 0 && along <= 1) cuts.push((ax * ey - ay * ex) / cross);
  }
  return cuts.filter((cut) => cut > 0 && cut < 1);
}

function apart(a: PlaneEdge, b: PlaneEdge): boolean {
  return (
    Math.max(a.from.x, a.to.x) + touchingM < Math.min(b.from.x, b.to.x) ||
    Math.max(b.from.x, b.to.x) + touchingM < Math.min(a.from.x, a.to.x) ||
    Math.max(a.from.y, a.to.y) + touchingM < Math.min(b.from.y, b.to.y) ||
    Math.max(b.from.y, b.to.y) + touchingM < Math.min(a.from.y, a.to.y)
  );
}

/** The point at fraction `t` (0..1) of the edge. */
export function pointAlong({ from, to }: PlaneEdge, t: number): PlanePoint {
  return { x: from.x + t * (to.x - from.x), y: from.y + t * (to.y - from.y) };
}

function lengthM({ from, to }: PlaneEdge): number {
  return Math.hypot(to.x - from.x, to.y - from.y);
}

/** Do two edges that lie on each other have their insides on the same side? */
export function sameWay(a: PlaneEdge, b: PlaneEdge): boolean {
  return (a.to.x - a.from.x) * (b.to.x - b.from.x) + (a.to.y - a.from.y) * (b.to.y - b.from.y) > 0;
}
