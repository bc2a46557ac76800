// What is counted while a drone flies: highest, fastest, how far. Called for each position of a
// flight as it comes, and over the stored track when a flight is sealed or ingest starts again.
import type { FlightFigures } from "../../../contract/wire/flight.ts";
import { distanceM } from "../airspace/local-plane.ts";

/** The part of a position that is counted. */
export interface CountedPosition {
  readonly latDeg: number;
  readonly lngDeg: number;
  readonly altitudeAmslM: number;
  readonly altitudeAboveHomeM: number;
  readonly groundSpeedMps: number;
}

/** Figures in the making: those so far, and the place that distance is counted from. */
export interface FigureCount {
  readonly figures: FlightFigures;
  readonly last: CountedPosition | undefined;
}

export const emptyFigureCount: FigureCount = {
  figures: {
    samples: 0,
    maxAltitudeAmslM: null,
    maxAltitudeAboveHomeM: null,
    maxGroundSpeedMps: null,
    distanceM: 0,
  },
  last: undefined,
};

/** A step shorter than this is the noise of a drone that stands or hovers, not way. */
const stepMMin = 0.5;

/** Counts one more position. Distance is over ground, in steps of at least 0.5 m. */
export function countPosition(count: FigureCount, position: CountedPosition): FigureCount {
  const { figures, last } = count;
  const stepM = last === undefined ? 0 : distanceM(last, position);
  const isStep = stepM >= stepMMin;
  return {
    figures: {
      samples: figures.samples + 1,
      maxAltitudeAmslM: higher(figures.maxAltitudeAmslM, position.altitudeAmslM),
      maxAltitudeAboveHomeM: higher(figures.maxAltitudeAboveHomeM, position.altitudeAboveHomeM),
      maxGroundSpeedMps: higher(figures.maxGroundSpeedMps, position.groundSpeedMps),
      distanceM: figures.distanceM + (isStep ? stepM : 0),
    },
    last: last === undefined || isStep ? position : last,
  };
}

function higher(most: number | null, value: number): number {
  return most === null ? value : Math.max(most, value);
}
