// Web Mercator sums for what we draw ourselves on the map: drone-drawing.ts and trail-store.ts.
// Both engines use a square world from 0 to 1, x east, y south.
import type { Position } from "../../contract/wire/geometry.ts";

const latDegMax = 85.051129;
/** Length of the equator on WGS84's greater radius. */
const equatorM = 2 * Math.PI * 6_378_137;

/** x of a longitude in the unit world: -180 is 0, 180 is 1. */
export function mercatorX(lngDeg: number): number {
  return (lngDeg + 180) / 360;
}

/** y of a latitude in the unit world, 0 at the north edge (85.05 N); clamped beyond the edges. */
export function mercatorY(latDeg: number): number {
  const clamped = Math.min(latDegMax, Math.max(-latDegMax, latDeg));
  const latRad = (clamped * Math.PI) / 180;
  return (1 - Math.log(Math.tan(latRad) + 1 / Math.cos(latRad)) / Math.PI) / 2;
}

/** The place of a point of the unit world. Inverse of mercatorX and mercatorY. */
export function positionOfMercator(x: number, y: number): Position {
  const latRad = Math.atan(Math.sinh(Math.PI * (1 - 2 * y)));
  return { latDeg: (latRad * 180) / Math.PI, lngDeg: x * 360 - 180 };
}

/** Unit-world length of one metre at a latitude (spherical; within 0.7 % of the ellipsoid). */
export function mercatorPerMetre(latDeg: number): number {
  return 1 / (equatorM * Math.cos((latDeg * Math.PI) / 180));
}

/** A fixed point near everything drawn, so that what is left fits single precision. */
export interface LocalOrigin {
  readonly x: number;
  readonly y: number;
}

export function localOriginAt(position: Position): LocalOrigin {
  return { x: mercatorX(position.lngDeg), y: mercatorY(position.latDeg) };
}

/**
 * The engine's unit-world matrix with the origin folded in, in double precision. A unit-world
 * coordinate in single precision is off by two metres; one relative to a near origin is not.
 *
 * @param matrix Column-major 4 x 4, unit world to clip space.
 * @returns Column-major 4 x 4 for coordinates relative to `origin`.
 */
export function matrixAtOrigin(matrix: ArrayLike<number>, origin: LocalOrigin): Float32Array {
  const folded = new Float32Array(16);
  for (let at = 0; at < 16; at++) folded[at] = matrix[at] ?? 0;
  for (let row = 0; row < 4; row++) {
    const column0 = matrix[row] ?? 0;
    const column1 = matrix[4 + row] ?? 0;
    folded[12 + row] = column0 * origin.x + column1 * origin.y + (matrix[12 + row] ?? 0);
  }
  return folded;
}
