import { expect, test } from "vitest";
import {
  chartColumn,
  gapPieces,
  momentAt,
  sampleAt,
  trackPieces,
} from "../../../../client/replay/track.ts";
import { firstMs, trackWithGap } from "./track-samples.ts";

function readingAt(second: number) {
  const moment = momentAt(trackWithGap, firstMs + second * 1_000);
  if (moment.kind !== "reading") throw new Error(`At ${second} s there is ${moment.kind}.`);
  return moment.reading;
}

test("the sample at a moment is the last one at or before it", () => {
  expect(sampleAt([10, 20, 30], 9)).toBe(-1);
  expect(sampleAt([10, 20, 30], 20)).toBe(1);
  expect(sampleAt([10, 20, 30], 29)).toBe(1);
  expect(sampleAt([], 5)).toBe(-1);
});

test("between two samples figures are on the straight line", () => {
  expect(readingAt(0.5).altitudeAboveHomeM).toBeCloseTo(5, 9);
  expect(readingAt(0.5).position.latDeg).toBeCloseTo(22.05, 9);
  expect(readingAt(2).altitudeAmslM).toBe(23);
});

test("a heading turns the short way, and is unknown where the sample has none", () => {
  expect(readingAt(0.5).headingDeg).toBeCloseTo(0, 9);
  expect(readingAt(0.25).headingDeg).toBeCloseTo(355, 9);
  expect(readingAt(3).headingDeg).toBeNull();
});

test("inside a gap there is no reading, only where the drone was last heard", () => {
  const moment = momentAt(trackWithGap, firstMs + 5_000);
  expect(moment).toMatchObject({ kind: "gap", fromMs: firstMs + 3_000, toMs: firstMs + 8_000 });
  if (moment.kind === "gap") expect(moment.last.position.latDeg).toBe(22.3);
});

test("the edges of a gap were heard", () => {
  expect(readingAt(3).modeName).toBe("AUTO");
  expect(readingAt(8).modeName).toBe("RTL");
});

test("before the first sample nothing is known; after the last its reading stands", () => {
  expect(momentAt(trackWithGap, firstMs - 1).kind).toBe("before");
  expect(readingAt(99).position.latDeg).toBe(23);
});

test("a path breaks at a gap and the gap is a piece of its own", () => {
  expect(trackPieces(trackWithGap).map((piece) => piece.length)).toEqual([4, 3]);
  expect(trackPieces(trackWithGap, firstMs + 8_500).map((piece) => piece.length)).toEqual([4, 1]);
  expect(gapPieces(trackWithGap)).toEqual([
    [
      { latDeg: 22.3, lngDeg: 114 },
      { latDeg: 22.8, lngDeg: 114 },
    ],
  ]);
});

test("a chart has nothing in the middle of a gap, so that no line is drawn across it", () => {
  const { timesS, values } = chartColumn(trackWithGap, trackWithGap.altitudeAboveHomeM);
  expect(values).toEqual([0, 10, 20, 30, null, 30, 10, 0]);
  expect(timesS[4]).toBe((firstMs + 5_500) / 1_000);
});
