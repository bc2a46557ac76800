// Which drone a click means: the nearest one on the screen within reach. Called by site-map.tsx.
// A canvas has no elements to click on, and a search of all drones costs nothing at this size.
import type { DroneFrame } from "./drone-source.ts";

export interface ScreenPoint {
  readonly xPx: number;
  readonly yPx: number;
}

/** A finger's width: farther than this from every drone, nothing was meant. */
export const pickReachPx = 24;

/**
 * @param project From degrees to CSS pixels of the map.
 * @returns The live number of the nearest drone, undefined where none is in reach.
 */
export function nearestDrone(
  frame: DroneFrame,
  project: (latDeg: number, lngDeg: number) => ScreenPoint,
  at: ScreenPoint,
  reachPx = pickReachPx,
): number | undefined {
  let best: number | undefined;
  let bestSquared = reachPx * reachPx;
  for (let index = 0; index < frame.count; index++) {
    const point = project(frame.latDeg[index] ?? 0, frame.lngDeg[index] ?? 0);
    const squared = (point.xPx - at.xPx) ** 2 + (point.yPx - at.yPx) ** 2;
    if (squared <= bestSquared) {
      bestSquared = squared;
      best = frame.id[index];
    }
  }
  return best;
}
