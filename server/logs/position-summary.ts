// Where one drone was over a whole log: first, last and the bounds. Part of `log inspect`.

/** What a log says of one position; heights only where the log has them. */
export interface LoggedPosition {
  readonly latDeg: number;
  readonly lngDeg: number;
  readonly altitudeAmslM?: number;
  readonly altitudeAboveHomeM?: number;
}

export interface PositionSummary {
  readonly count: number;
  readonly first: LoggedPosition;
  readonly last: LoggedPosition;
  /** Each quantity's least value; they need not have been met together. */
  readonly min: LoggedPosition;
  readonly max: LoggedPosition;
}

export interface PositionCollector {
  add(position: LoggedPosition): void;
  /** Undefined while nothing was added. */
  summary(): PositionSummary | undefined;
}

export function createPositionCollector(): PositionCollector {
  let summary: PositionSummary | undefined;
  return {
    add: (position) => {
      summary = summary
        ? {
            count: summary.count + 1,
            first: summary.first,
            last: position,
            min: merge(summary.min, position, Math.min),
            max: merge(summary.max, position, Math.max),
          }
        : { count: 1, first: position, last: position, min: position, max: position };
    },
    summary: () => summary,
  };
}

function merge(
  a: LoggedPosition,
  b: LoggedPosition,
  choose: (a: number, b: number) => number,
): LoggedPosition {
  const amslM = chooseKnown(a.altitudeAmslM, b.altitudeAmslM, choose);
  const aboveHomeM = chooseKnown(a.altitudeAboveHomeM, b.altitudeAboveHomeM, choose);
  return {
    latDeg: choose(a.latDeg, b.latDeg),
    lngDeg: choose(a.lngDeg, b.lngDeg),
    ...(amslM !== undefined && { altitudeAmslM: amslM }),
    ...(aboveHomeM !== undefined && { altitudeAboveHomeM: aboveHomeM }),
  };
}

function chooseKnown(
  a: number | undefined,
  b: number | undefined,
  choose: (a: number, b: number) => number,
): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return choose(a, b);
}
