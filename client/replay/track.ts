// The track of a flight as the player reads it: what was so at a moment, with gaps kept as gaps.
// Pure; called by the player's map, charts and readings.
import type { TrackColumns } from "../../contract/wire/flight.ts";
import type { Position } from "../../contract/wire/geometry.ts";

/** What is known at a moment of the flight. Between two samples figures are drawn straight. */
export interface TrackReading {
  readonly position: Position;
  readonly altitudeAmslM: number;
  readonly altitudeAboveHomeM: number;
  readonly groundSpeedMps: number;
  readonly climbMps: number;
  readonly headingDeg: number | null;
  readonly modeName: string;
}

export type TrackMoment =
  /** No sample at or before this moment, or none at all. */
  | { readonly kind: "before" }
  | { readonly kind: "reading"; readonly reading: TrackReading }
  /** Nothing was heard: `last` is where it was before, not where it is. */
  | {
      readonly kind: "gap";
      readonly fromMs: number;
      readonly toMs: number;
      readonly last: TrackReading;
    };

/** Index of the last sample at or before `timeMs`; -1 where there is none. */
export function sampleAt(timesMs: readonly number[], timeMs: number): number {
  let low = 0;
  let high = timesMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((timesMs[middle] ?? 0) <= timeMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** What was so at `timeMs`. After the last sample the last reading stands. */
export function momentAt(track: TrackColumns, timeMs: number): TrackMoment {
  const index = sampleAt(track.timeMs, timeMs);
  if (index < 0) return { kind: "before" };
  const gap = track.gaps.find(({ fromMs, toMs }) => fromMs < timeMs && timeMs < toMs);
  if (gap !== undefined) return { kind: "gap", ...gap, last: readingAt(track, index, 0) };
  const fromMs = track.timeMs[index] ?? 0;
  const toMs = track.timeMs[index + 1] ?? fromMs;
  const part = toMs > fromMs ? (timeMs - fromMs) / (toMs - fromMs) : 0;
  return { kind: "reading", reading: readingAt(track, index, part) };
}

/** @param part From 0 (the sample) to 1 (the next). */
function readingAt(track: TrackColumns, index: number, part: number): TrackReading {
  const between = (column: readonly number[]): number => {
    const from = column[index] ?? 0;
    return from + part * ((column[index + 1] ?? from) - from);
  };
  return {
    position: { latDeg: between(track.latDeg), lngDeg: between(track.lngDeg) },
    altitudeAmslM: between(track.altitudeAmslM),
    altitudeAboveHomeM: between(track.altitudeAboveHomeM),
    groundSpeedMps: between(track.groundSpeedMps),
    climbMps: between(track.climbMps),
    headingDeg: headingBetween(track.headingDeg, index, part),
    modeName: track.modeName[index] ?? "",
  };
}

/** The short way round: from 350 to 10 by way of 0. */
function headingBetween(
  headingsDeg: readonly (number | null)[],
  index: number,
  part: number,
): number | null {
  const from = headingsDeg[index] ?? null;
  const to = headingsDeg[index + 1] ?? null;
  if (from === null || to === null) return from;
  const turn = ((to - from + 540) % 360) - 180;
  return (from + part * turn + 360) % 360;
}

/** Positions up to `untilMs`, in pieces that break at gaps. */
export function trackPieces(track: TrackColumns, untilMs = Infinity): Position[][] {
  const pieces: Position[][] = [];
  let piece: Position[] = [];
  let gapIndex = 0;
  for (let index = 0; index < track.timeMs.length; index++) {
    const timeMs = track.timeMs[index] ?? 0;
    if (timeMs > untilMs) break;
    const gap = track.gaps[gapIndex];
    if (gap !== undefined && timeMs >= gap.toMs) {
      pieces.push(piece);
      piece = [];
      gapIndex += 1;
    }
    piece.push({ latDeg: track.latDeg[index] ?? 0, lngDeg: track.lngDeg[index] ?? 0 });
  }
  pieces.push(piece);
  return pieces.filter((one) => one.length > 0);
}

/** Straight lines over the gaps, drawn as unknown, between the positions before and after. */
export function gapPieces(track: TrackColumns): Position[][] {
  return track.gaps.map(({ fromMs, toMs }) => {
    const before = Math.max(0, sampleAt(track.timeMs, fromMs));
    const after = Math.min(track.timeMs.length - 1, sampleAt(track.timeMs, toMs));
    return [before, after].map((index) => ({
      latDeg: track.latDeg[index] ?? 0,
      lngDeg: track.lngDeg[index] ?? 0,
    }));
  });
}

/**
 * A column for a chart with a null in the middle of each gap, so that no line is drawn across.
 *
 * @returns Times in seconds, as uPlot wants them, and values.
 */
export function chartColumn(
  track: TrackColumns,
  values: readonly number[],
): { timesS: number[]; values: (number | null)[] } {
  const timesS: number[] = [];
  const shown: (number | null)[] = [];
  let gapIndex = 0;
  for (let index = 0; index < track.timeMs.length; index++) {
    const timeMs = track.timeMs[index] ?? 0;
    const gap = track.gaps[gapIndex];
    if (gap !== undefined && timeMs >= gap.toMs) {
      timesS.push((gap.fromMs + gap.toMs) / 2000);
      shown.push(null);
      gapIndex += 1;
    }
    timesS.push(timeMs / 1000);
    shown.push(values[index] ?? null);
  }
  return { timesS, values: shown };
}
