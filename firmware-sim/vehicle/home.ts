// Where a simulated drone lives, and its local metres as latitude and longitude.
import type { LocalPointM } from "./point-mass.ts";

export interface Home {
  readonly latDeg: number;
  readonly lngDeg: number;
  readonly altitudeAmslM: number;
}

/** Metres of a degree of latitude: the mean of WGS84, good to 0.5 %, plenty for a drawn flight. */
const metresPerDegree = 111_195;

/** Metres north and east of home to degrees; within 0.5 % over a few kilometres. */
export function toPosition(home: Home, point: LocalPointM): { latDeg: number; lngDeg: number } {
  const shrink = Math.cos((home.latDeg * Math.PI) / 180);
  return {
    latDeg: home.latDeg + point.northM / metresPerDegree,
    lngDeg: home.lngDeg + point.eastM / (metresPerDegree * shrink),
  };
}

/** Degrees to metres north and east of home: what `toPosition` does, the other way round. */
export function toLocal(
  home: Home,
  { latDeg, lngDeg }: { readonly latDeg: number; readonly lngDeg: number },
): { northM: number; eastM: number } {
  const shrink = Math.cos((home.latDeg * Math.PI) / 180);
  return {
    northM: (latDeg - home.latDeg) * metresPerDegree,
    eastM: (lngDeg - home.lngDeg) * metresPerDegree * shrink,
  };
}
