// Metres on the ground around a place: the scale under every distance of the airspace watch.
// Called by prepared-footprint.ts (limits), volume4d.ts (conflicts) and footprint-check.ts.
import type { Position } from "../../../contract/wire/geometry.ts";

/** WGS 84 (NIMA TR8350.2): semi-major axis in metres, and first eccentricity squared. */
const semiMajorAxisM = 6_378_137;
const eccentricitySquared = 0.00669437999014;
const radPerDeg = Math.PI / 180;

/** Metres in one degree of latitude and of longitude at one latitude. */
export interface DegreeScale {
  readonly latM: number;
  readonly lngM: number;
}

/**
 * Metres per degree on the WGS 84 ellipsoid.
 *
 * Radius of the meridian M = a(1-e2)/(1-e2 sin2)^1.5, of the prime vertical N = a/sqrt(1-e2 sin2)
 * (Snyder, Map Projections: A Working Manual, USGS PP 1395, formulas 4-18 and 4-20).
 * @param latDeg -90..90; at the poles a degree of longitude has no length.
 */
export function degreeScale(latDeg: number): DegreeScale {
  const sine = Math.sin(latDeg * radPerDeg);
  const curvature = 1 - eccentricitySquared * sine * sine;
  const primeVerticalM = semiMajorAxisM / Math.sqrt(curvature);
  const meridianM = (primeVerticalM * (1 - eccentricitySquared)) / curvature;
  return {
    latM: meridianM * radPerDeg,
    lngM: primeVerticalM * Math.sqrt(1 - sine * sine) * radPerDeg,
  };
}

/**
 * Distance over ground in metres, by the radii at the mean latitude of both places.
 * Accepted error against the WGS 84 geodesic: 1 mm within 5 km at Hong Kong's latitude.
 */
export function distanceM(from: Position, to: Position): number {
  const scale = degreeScale((from.latDeg + to.latDeg) / 2);
  return Math.hypot((to.lngDeg - from.lngDeg) * scale.lngM, (to.latDeg - from.latDeg) * scale.latM);
}

/** A place in metres east (x) and north (y) of a plane's origin. */
export interface PlanePoint {
  readonly x: number;
  readonly y: number;
}

/**
 * A flat map around one place. It is a plain scaling of longitude and latitude, so an edge that is
 * straight in degrees (RFC 7946) stays straight in it. Lengths that start at the origin are good
 * to 0.05 % within 5 km at Hong Kong's latitude.
 */
export interface LocalPlane {
  toPlane(position: Position): PlanePoint;
  toPosition(point: PlanePoint): Position;
}

export function localPlane(origin: Position): LocalPlane {
  const scale = degreeScale(origin.latDeg);
  return {
    toPlane: (position) => ({
      x: (position.lngDeg - origin.lngDeg) * scale.lngM,
      y: (position.latDeg - origin.latDeg) * scale.latM,
    }),
    toPosition: (point) => ({
      lngDeg: origin.lngDeg + point.x / scale.lngM,
      latDeg: origin.latDeg + point.y / scale.latM,
    }),
  };
}
