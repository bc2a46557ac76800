// What happened between two samples: a limit passed and kept again before the next one came.
// Called by airspace-watch.ts with two samples that both keep the limit.
import type { Bounds } from "./bounds.ts";
import { bandEdgesM, heightIn, type JudgedBand } from "./judged-band.ts";
import { distanceM } from "./local-plane.ts";
import type { PreparedFootprint } from "./prepared-footprint.ts";
import type { WatchPoint, WatchSample } from "./watch-cause.ts";

/** Faster than any drone flies: a jump of the position, not a flight. */
const speedMpsMax = 100;
/** After a longer silence the straight line says little of the way flown; link loss is told. */
const silenceMsMax = 5_000;

/** Is the straight line from one sample to the next a fair picture of the way flown? */
export function isFlownSegment(from: WatchSample, to: WatchSample): boolean {
  const elapsedMs = to.atMs - from.atMs;
  if (elapsedMs <= 0 || elapsedMs > silenceMsMax) return false;
  return distanceM(from.position, to.position) <= (speedMpsMax * elapsedMs) / 1000;
}

export function segmentBounds(from: WatchPoint, to: WatchPoint): Bounds {
  return {
    westDeg: Math.min(from.position.lngDeg, to.position.lngDeg),
    eastDeg: Math.max(from.position.lngDeg, to.position.lngDeg),
    southDeg: Math.min(from.position.latDeg, to.position.latDeg),
    northDeg: Math.max(from.position.latDeg, to.position.latDeg),
  };
}

/** Outline and heights that may be passed on the way. */
export interface SegmentLimit {
  readonly footprint: PreparedFootprint;
  readonly band: JudgedBand;
}

/**
 * The first stretch of the way on which the limit is broken, by its middle. The way is cut wherever
 * it meets an outline or the edge of a band, so that the middle of a stretch stands for all of it.
 */
export function breachBetween(
  from: WatchPoint,
  to: WatchPoint,
  limits: readonly SegmentLimit[],
  isBroken: (point: WatchPoint) => boolean,
): WatchPoint | undefined {
  const cuts: number[] = [];
  for (const { footprint, band } of limits) {
    for (const cut of footprint.crossings(from.position, to.position)) cuts.push(cut);
    pushBandCuts(cuts, band, from, to);
  }
  if (cuts.length === 0) return undefined;
  cuts.push(0, 1);
  cuts.sort((a, b) => a - b);
  for (let index = 1; index < cuts.length; index++) {
    const point = pointBetween(from, to, ((cuts[index - 1] ?? 0) + (cuts[index] ?? 1)) / 2);
    if (isBroken(point)) return point;
  }
  return undefined;
}

function pushBandCuts(cuts: number[], band: JudgedBand, from: WatchPoint, to: WatchPoint): void {
  const start = heightIn(band.reference, from);
  const climb = heightIn(band.reference, to) - start;
  if (climb === 0) return;
  for (const edgeM of bandEdgesM(band)) {
    const cut = (edgeM - start) / climb;
    if (cut > 0 && cut < 1) cuts.push(cut);
  }
}

/** The place at fraction `t` (0..1) of the way. */
function pointBetween(from: WatchPoint, to: WatchPoint, t: number): WatchPoint {
  return {
    position: {
      latDeg: mixed(from.position.latDeg, to.position.latDeg, t),
      lngDeg: mixed(from.position.lngDeg, to.position.lngDeg, t),
    },
    altitudeAmslM: mixed(from.altitudeAmslM, to.altitudeAmslM, t),
    altitudeAboveHomeM: mixed(from.altitudeAboveHomeM, to.altitudeAboveHomeM, t),
    groundAmslM: to.groundAmslM,
  };
}

function mixed(start: number, end: number, t: number): number {
  return start + (end - start) * t;
}
