// What is wrong with an outline, before anything is judged by it.
// Called at the edge: bookings as they are sent, site files as they are read.
import {
  circleRadiusMMax,
  footprintVerticesMax,
  type Footprint,
  type PolygonGeometry,
} from "../../../contract/wire/geometry.ts";
import { localPlane, type PlanePoint } from "./local-plane.ts";
import { planeRegion, ringAreaM2, sideOf } from "./plane-region.ts";

/** Below this an outline holds no ground. */
const areaM2Min = 0.01;
/** Faults told of one outline; more would only repeat them. */
const faultsMax = 20;

export interface FootprintFault {
  readonly kind:
    | "notFinite"
    | "outOfRange"
    | "notClosed"
    | "tooFewVertices"
    | "tooManyVertices"
    | "repeatedVertex"
    | "selfCrossing"
    | "zeroArea"
    | "holeOutside"
    | "holesOverlap";
  /** 0 is the outer ring, holes follow; absent for circles and for the outline as a whole. */
  readonly ring?: number;
  /** The vertex concerned, counted from 0 in its ring: of an edge, the one it starts from. */
  readonly vertex?: number;
  /** The other edge of a crossing, and the ring it is in. */
  readonly otherRing?: number;
  readonly otherVertex?: number;
  /** For people: what is asked for, and what is there instead. */
  readonly expected: string;
  readonly found: string;
}

/** Every fault of the outline, at most 20; with none it may be judged by. */
export function footprintFaults(footprint: Footprint): FootprintFault[] {
  switch (footprint.kind) {
    case "circle":
      return circleFaults(footprint);
    case "polygon":
      return polygonFaults(footprint.polygon).slice(0, faultsMax);
  }
}

function circleFaults({ centre, radiusM }: Footprint & { kind: "circle" }): FootprintFault[] {
  const faults = coordinateFaults(centre.lngDeg, centre.latDeg);
  const expected = `a radius above 0 and at most ${circleRadiusMMax} m`;
  if (!Number.isFinite(radiusM)) {
    faults.push({ kind: "notFinite", expected, found: String(radiusM) });
  } else if (radiusM <= 0 || radiusM > circleRadiusMMax) {
    faults.push({ kind: "outOfRange", expected, found: `${radiusM} m` });
  }
  return faults;
}

function polygonFaults(polygon: PolygonGeometry): FootprintFault[] {
  const vertices = polygon.coordinates.reduce((sum, ring) => sum + ring.length, 0);
  if (vertices > footprintVerticesMax) {
    const expected = `at most ${footprintVerticesMax} vertices in all rings together`;
    return [{ kind: "tooManyVertices", expected, found: String(vertices) }];
  }
  const faults = polygon.coordinates.flatMap((ring, index) => ringFaults(ring, index));
  if (polygon.coordinates.length === 0) {
    faults.push({ kind: "tooFewVertices", expected: "an outer ring", found: "no ring" });
  }
  // Crossings and areas mean nothing where the rings themselves are broken.
  return faults.length > 0 ? faults : shapeFaults(polygon);
}

type Ring = PolygonGeometry["coordinates"][number];

function ringFaults(ring: Ring, index: number): FootprintFault[] {
  const faults: FootprintFault[] = [];
  for (const [vertex, [lngDeg, latDeg]] of ring.entries()) {
    faults.push(
      ...coordinateFaults(lngDeg, latDeg).map((fault) => ({ ...fault, ring: index, vertex })),
    );
  }
  if (faults.length > 0) return faults;
  if (ring.length < 4) {
    const expected = "at least 4 positions in a ring, the last the same as the first";
    return [{ kind: "tooFewVertices", ring: index, expected, found: String(ring.length) }];
  }
  const last = ring.length - 1;
  if (!sameCorner(ring[0], ring[last])) {
    const expected = `the ring to end where it starts, at ${cornerText(ring[0])}`;
    const found = cornerText(ring[last]);
    faults.push({ kind: "notClosed", ring: index, vertex: last, expected, found });
  }
  for (let vertex = 1; vertex <= last; vertex++) {
    if (!sameCorner(ring[vertex - 1], ring[vertex])) continue;
    const expected = "each vertex to differ from the one before";
    const found = `vertex ${vertex} is vertex ${vertex - 1} again, ${cornerText(ring[vertex])}`;
    faults.push({ kind: "repeatedVertex", ring: index, vertex, expected, found });
  }
  return faults;
}

function coordinateFaults(lngDeg: number, latDeg: number): FootprintFault[] {
  const expected = "a longitude of -180 to 180 and a latitude of -90 to 90 degrees";
  const found = `longitude ${lngDeg}, latitude ${latDeg}`;
  if (!Number.isFinite(lngDeg) || !Number.isFinite(latDeg)) {
    return [{ kind: "notFinite", expected, found }];
  }
  if (Math.abs(lngDeg) > 180 || Math.abs(latDeg) > 90) {
    return [{ kind: "outOfRange", expected, found }];
  }
  return [];
}

function sameCorner(a: Ring[number] | undefined, b: Ring[number] | undefined): boolean {
  return a?.[0] === b?.[0] && a?.[1] === b?.[1];
}

function cornerText(corner: Ring[number] | undefined): string {
  return corner === undefined ? "nothing" : `longitude ${corner[0]}, latitude ${corner[1]}`;
}

function shapeFaults(polygon: PolygonGeometry): FootprintFault[] {
  const [lngDeg, latDeg] = polygon.coordinates[0]?.[0] ?? [0, 0];
  const plane = localPlane({ lngDeg, latDeg });
  const rings = polygon.coordinates.map((ring) =>
    ring.map(([lng, lat]) => plane.toPlane({ lngDeg: lng, latDeg: lat })),
  );
  const faults = crossingFaults(rings);
  if (faults.length > 0) return faults;
  for (const [ring, corners] of rings.entries()) {
    const areaM2 = Math.abs(ringAreaM2(corners));
    if (areaM2 >= areaM2Min) continue;
    const expected = "a ring around some ground";
    faults.push({ kind: "zeroArea", ring, expected, found: `${areaM2.toFixed(4)} m2` });
  }
  if (faults.length > 0) return faults;
  for (const [hole, corners] of rings.entries()) {
    if (hole > 0) faults.push(...holeFaults(polygon, hole, corners[0] ?? { x: 0, y: 0 }));
  }
  return faults;

  function holeFaults(
    { coordinates }: PolygonGeometry,
    hole: number,
    corner: PlanePoint,
  ): FootprintFault[] {
    for (const [ring, outline] of coordinates.entries()) {
      if (ring === hole) continue;
      const region = planeRegion(
        { kind: "polygon", polygon: { type: "Polygon", coordinates: [outline] } },
        plane,
      );
      const side = sideOf(region, corner).kind;
      if (ring === 0 && side === "outside") {
        const expected = "each hole inside the outer ring";
        return [{ kind: "holeOutside", ring: hole, expected, found: "a hole outside it" }];
      }
      if (ring > 0 && side === "inside") {
        const expected = "holes apart from each other";
        const found = `hole ${hole} inside hole ${ring}`;
        return [{ kind: "holesOverlap", ring: hole, otherRing: ring, expected, found }];
      }
    }
    return [];
  }
}

interface RingEdge {
  readonly ring: number;
  readonly vertex: number;
  readonly from: PlanePoint;
  readonly to: PlanePoint;
}

/** Every pair of edges that meets anywhere but in the corner two neighbours share. */
function crossingFaults(rings: readonly (readonly PlanePoint[])[]): FootprintFault[] {
  const edges: RingEdge[] = rings.flatMap((corners, ring) =>
    corners.slice(1).flatMap((to, vertex) => {
      const from = corners[vertex];
      return from ? [{ ring, vertex, from, to }] : [];
    }),
  );
  const faults: FootprintFault[] = [];
  for (const [index, edge] of edges.entries()) {
    for (const other of edges.slice(index + 1)) {
      if (faults.length >= faultsMax) return faults;
      if (!edgesMeet(edge, other, (rings[edge.ring]?.length ?? 0) - 1)) continue;
      faults.push({
        kind: edge.ring === other.ring ? "selfCrossing" : "holesOverlap",
        ring: edge.ring,
        vertex: edge.vertex,
        otherRing: other.ring,
        otherVertex: other.vertex,
        expected: "edges that meet only at the corners of neighbours",
        found: `${edgeText(edge)} meets ${edgeText(other)}`,
      });
    }
  }
  return faults;
}

function edgeText({ ring, vertex }: RingEdge): string {
  const where = ring === 0 ? "" : ` of hole ${ring}`;
  return `the edge from vertex ${vertex} to ${vertex + 1}${where}`;
}

function edgesMeet(a: RingEdge, b: RingEdge, edgesInRing: number): boolean {
  const apart =
    Math.max(a.from.x, a.to.x) < Math.min(b.from.x, b.to.x) ||
    Math.max(b.from.x, b.to.x) < Math.min(a.from.x, a.to.x) ||
    Math.max(a.from.y, a.to.y) < Math.min(b.from.y, b.to.y) ||
    Math.max(b.from.y, b.to.y) < Math.min(a.from.y, a.to.y);
  if (apart) return false;
  const sameRing = a.ring === b.ring;
  if (sameRing && b.vertex === a.vertex + 1) return foldsBack(a.from, a.to, b.to);
  if (sameRing && a.vertex === 0 && b.vertex === edgesInRing - 1) {
    return foldsBack(b.from, b.to, a.to);
  }
  return (
    turn(a.from, a.to, b.from) * turn(a.from, a.to, b.to) <= 0 &&
    turn(b.from, b.to, a.from) * turn(b.from, b.to, a.to) <= 0
  );
}

/** Do neighbours lie on each other, as in a spike? */
function foldsBack(before: PlanePoint, corner: PlanePoint, after: PlanePoint): boolean {
  const back =
    (before.x - corner.x) * (after.x - corner.x) + (before.y - corner.y) * (after.y - corner.y);
  return back > 0 && turn(before, corner, after) === 0;
}

/** 1 to the left, -1 to the right, 0 straight on. */
function turn(from: PlanePoint, to: PlanePoint, point: PlanePoint): -1 | 0 | 1 {
  const cross = (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x);
  if (cross > 0) return 1;
  return cross < 0 ? -1 : 0;
}

/** Area inside the outer ring and outside the holes, square metres in a local plane. */
export function polygonAreaM2({ coordinates }: PolygonGeometry): number {
  const [lngDeg, latDeg] = coordinates[0]?.[0] ?? [0, 0];
  const plane = localPlane({ latDeg, lngDeg });
  const areas = coordinates.map((ring) =>
    Math.abs(ringAreaM2(ring.map(([lng, lat]) => plane.toPlane({ latDeg: lat, lngDeg: lng })))),
  );
  return areas.reduce((left, area, index) => (index === 0 ? area : left - area), 0);
}
