// How deep inside a polygon one can be: what a narrow volume allows of the return margin.
// Called by prepared-footprint.ts, once for an outline that has an alarm.
import type { Position } from "../../../contract/wire/geometry.ts";
import { degreeScale } from "./local-plane.ts";

/** What is asked of the polygon; `edges` are four numbers each: lng, lat of start, of end. */
export interface ReachQuestions {
  readonly edges: Float64Array;
  signedDistanceM(position: Position): number;
  crossings(from: Position, to: Position): number[];
}

/** Where between an edge and the one across it the deepest point is looked for. */
const fractions = [1 / 2, 1 / 3];

/**
 * The depth of the deepest point found by looking from the middle of each edge straight across.
 * Never more than the true reach; exact for strips, rectangles and regular outlines, seldom below
 * two thirds of it elsewhere. Found in one look at most outlines, since `enoughM` ends the search.
 *
 * @returns 0 to `enoughM`, metres.
 */
export function deepestReachM(questions: ReachQuestions, enoughM: number): number {
  const { edges } = questions;
  let deepest = 0;
  for (let at = 0; at < edges.length; at += 4) {
    const [aLng = 0, aLat = 0, bLng = 0, bLat = 0] = edges.subarray(at, at + 4);
    const middle = { lngDeg: (aLng + bLng) / 2, latDeg: (aLat + bLat) / 2 };
    const scale = degreeScale(middle.latDeg);
    const east = (bLng - aLng) * scale.lngM;
    const north = (bLat - aLat) * scale.latM;
    const lengthM = Math.hypot(east, north);
    for (const side of [-1, 1]) {
      const across = (metres: number): Position => ({
        lngDeg: middle.lngDeg - (side * metres * north) / lengthM / scale.lngM,
        latDeg: middle.latDeg + (side * metres * east) / lengthM / scale.latM,
      });
      const farM = 3 * enoughM;
      const cuts = questions.crossings(middle, across(farM)).filter((cut) => cut > ownEdge);
      const widthM = farM * Math.min(1, ...cuts);
      for (const fraction of fractions) {
        deepest = Math.max(deepest, -questions.signedDistanceM(across(widthM * fraction)));
        if (deepest >= enoughM) return enoughM;
      }
    }
  }
  return deepest;
}

/** A look across starts on its own edge, which rounding may put a hair in front of it. */
const ownEdge = 1e-6;
