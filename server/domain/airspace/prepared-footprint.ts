// An outline made ready for being asked about thousands of positions a second.
// Made once a plan by prepared-airspace.ts; asked by the airspace watch for every sample.
import { booleanPointInPolygon } from "@turf/turf";
import type { Footprint, PolygonGeometry, Position } from "../../../contract/wire/geometry.ts";
import { boundsHold, boundsOf, type Bounds } from "./bounds.ts";
import { degreeScale, distanceM } from "./local-plane.ts";
import { deepestReachM } from "./deepest-reach.ts";

export interface PreparedFootprint {
  readonly footprint: Footprint;
  readonly bounds: Bounds;
  /** Polygons as Turf decides, circles by WGS 84 distance. The boundary is inside. */
  contains(position: Position): boolean;
  /** Metres to the nearest boundary, holes included; negative inside. Error: 2 cm + 0.05 %. */
  signedDistanceM(position: Position): number;
  /**
   * Where the straight segment meets the boundary, as fractions of its length in (0, 1), unsorted;
   * a touch counts, so ask `contains` between two of them.
   */
  crossings(from: Position, to: Position): number[];
  /** Does the segment meet the boundary anywhere between its ends? */
  segmentCrosses(from: Position, to: Position): boolean;
  /**
   * How deep inside one can be at all, metres, as far as `enoughM`: the search stops there.
   * Worked out at the first call, since few outlines are ever asked.
   */
  reachInsideM(enoughM: number): number;
}

export function prepareFootprint(footprint: Footprint): PreparedFootprint {
  switch (footprint.kind) {
    case "circle":
      return prepareCircle(footprint);
    case "polygon":
      return preparePolygon(footprint, footprint.polygon);
  }
}

function prepareCircle(footprint: Footprint & { kind: "circle" }): PreparedFootprint {
  const { centre, radiusM } = footprint;
  const bounds = boundsOf(footprint);
  const scale = degreeScale(centre.latDeg);

  function crossings(from: Position, to: Position): number[] {
    const x = (from.lngDeg - centre.lngDeg) * scale.lngM;
    const y = (from.latDeg - centre.latDeg) * scale.latM;
    const dx = (to.lngDeg - from.lngDeg) * scale.lngM;
    const dy = (to.latDeg - from.latDeg) * scale.latM;
    const a = dx * dx + dy * dy;
    const b = x * dx + y * dy;
    const discriminant = b * b - a * (x * x + y * y - radiusM * radiusM);
    if (a === 0 || discriminant < 0) return [];
    const root = Math.sqrt(discriminant);
    return [(-b - root) / a, (-b + root) / a].filter((t) => t > 0 && t < 1);
  }

  return {
    footprint,
    bounds,
    contains: (position) => boundsHold(bounds, position) && distanceM(centre, position) <= radiusM,
    signedDistanceM: (position) => distanceM(centre, position) - radiusM,
    crossings,
    segmentCrosses: (from, to) => crossings(from, to).length > 0,
    reachInsideM: (enoughM) => Math.min(radiusM, enoughM),
  };
}

function preparePolygon(footprint: Footprint, polygon: PolygonGeometry): PreparedFootprint {
  const bounds = boundsOf(footprint);
  const edges = edgesOf(polygon);
  const contains = (position: Position): boolean =>
    boundsHold(bounds, position) &&
    booleanPointInPolygon([position.lngDeg, position.latDeg], polygon);
  const signedDistanceM = (position: Position): number => {
    const metres = distanceToEdgesM(edges, position);
    return contains(position) ? -metres : metres;
  };
  const crossings = (from: Position, to: Position): number[] => edgeCrossings(edges, from, to);
  let reach: { enoughM: number; metres: number } | undefined;
  return {
    footprint,
    bounds,
    contains,
    signedDistanceM,
    crossings,
    segmentCrosses: (from, to) => crossings(from, to).length > 0,
    reachInsideM(enoughM) {
      if (reach === undefined || reach.enoughM < enoughM) {
        reach = { enoughM, metres: deepestReachM({ edges, signedDistanceM, crossings }, enoughM) };
      }
      return Math.min(reach.metres, enoughM);
    },
  };
}

/** Four numbers an edge: longitude and latitude of its start, then of its end. */
function edgesOf(polygon: PolygonGeometry): Float64Array {
  const numbers: number[] = [];
  for (const ring of polygon.coordinates) {
    let previous: readonly [number, number] | undefined;
    for (const corner of ring) {
      // A corner given twice makes no edge.
      if (previous && (previous[0] !== corner[0] || previous[1] !== corner[1])) {
        numbers.push(previous[0], previous[1], corner[0], corner[1]);
      }
      previous = corner;
    }
  }
  return Float64Array.from(numbers);
}

/**
 * Least distance from the position to any edge, in a plane centred at the position. Not rounded to
 * a sphere: Turf's is up to 0.5 % off and some 800 times slower (measured at 100 vertices).
 */
function distanceToEdgesM(edges: Float64Array, position: Position): number {
  const { lngDeg, latDeg } = position;
  const { lngM, latM } = degreeScale(latDeg);
  let least = Infinity;
  for (let at = 0; at < edges.length; at += 4) {
    const ax = ((edges[at] ?? 0) - lngDeg) * lngM;
    const ay = ((edges[at + 1] ?? 0) - latDeg) * latM;
    const dx = ((edges[at + 2] ?? 0) - lngDeg) * lngM - ax;
    const dy = ((edges[at + 3] ?? 0) - latDeg) * latM - ay;
    let t = -(ax * dx + ay * dy) / (dx * dx + dy * dy);
    if (t < 0) t = 0;
    else if (t > 1) t = 1;
    const x = ax + t * dx;
    const y = ay + t * dy;
    const squared = x * x + y * y;
    if (squared < least) least = squared;
  }
  return Math.sqrt(least);
}

/** Slack along an edge, so that no segment slips through a corner between two rounded edges. */
const cornerSlack = 1e-9;

function edgeCrossings(edges: Float64Array, from: Position, to: Position): number[] {
  const found: number[] = [];
  const x = from.lngDeg;
  const y = from.latDeg;
  const dx = to.lngDeg - x;
  const dy = to.latDeg - y;
  if (dx === 0 && dy === 0) return found;
  const [west, east] = dx < 0 ? [x + dx, x] : [x, x + dx];
  const [south, north] = dy < 0 ? [y + dy, y] : [y, y + dy];
  for (let at = 0; at < edges.length; at += 4) {
    const ax = edges[at] ?? 0;
    const ay = edges[at + 1] ?? 0;
    const bx = edges[at + 2] ?? 0;
    const by = edges[at + 3] ?? 0;
    if ((ax < west && bx < west) || (ax > east && bx > east)) continue;
    if ((ay < south && by < south) || (ay > north && by > north)) continue;
    const ex = bx - ax;
    const ey = by - ay;
    const cross = dx * ey - dy * ex;
    if (cross === 0) {
      // Parallel: only an edge on the segment's own line meets it, with both its ends.
      if ((ax - x) * dy === (ay - y) * dx) {
        const squared = dx * dx + dy * dy;
        pushInside(found, ((ax - x) * dx + (ay - y) * dy) / squared);
        pushInside(found, ((bx - x) * dx + (by - y) * dy) / squared);
      }
      continue;
    }
    const along = ((ax - x) * dy - (ay - y) * dx) / cross;
    if (along < -cornerSlack || along > 1 + cornerSlack) continue;
    pushInside(found, ((ax - x) * ey - (ay - y) * ex) / cross);
  }
  return found;
}

function pushInside(found: number[], t: number): void {
  if (t > 0 && t < 1) found.push(t);
}
