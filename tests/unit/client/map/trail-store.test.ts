import { expect, test } from "vitest";
import { liveFlag } from "../../../../contract/wire/live-snapshot.ts";
import { createDroneFrame, type DroneFrame } from "../../../../client/map/drone-source.ts";
import { localOriginAt } from "../../../../client/map/mercator.ts";
import { createTrailStore, trailPointsMax } from "../../../../client/map/trail-store.ts";

const start = { latDeg: 22.2585, lngDeg: 114.1285 };

function frameAt(lngDeg: number): DroneFrame {
  const frame = createDroneFrame(1);
  frame.count = 1;
  frame.id[0] = 3;
  frame.latDeg[0] = start.latDeg;
  frame.lngDeg[0] = lngDeg;
  return frame;
}

function countSegments(store: ReturnType<typeof createTrailStore>): number {
  let count = 0;
  store.eachSegment(() => (count += 1));
  return count;
}

test("a trail takes one point a second, however often pictures come", () => {
  const store = createTrailStore(localOriginAt(start));
  for (let nowMs = 0; nowMs < 3_000; nowMs += 50) {
    store.add(frameAt(start.lngDeg + nowMs * 1e-9), nowMs);
  }
  expect(countSegments(store)).toBe(2);
});

test("a trail keeps the newest points and forgets the oldest, in order", () => {
  const store = createTrailStore(localOriginAt(start));
  const points = trailPointsMax + 30;
  for (let step = 0; step < points; step++) {
    store.add(frameAt(start.lngDeg + step * 1e-5), step * 1_000);
  }
  const xs: number[] = [];
  const ages: number[] = [];
  store.eachSegment((x0, _y0, x1, _y1, age) => {
    if (xs.length === 0) xs.push(x0);
    xs.push(x1);
    ages.push(age);
  });
  expect(xs).toHaveLength(trailPointsMax);
  expect(xs[0]).toBeCloseTo((30 * 1e-5) / 360, 9);
  expect([...xs].sort((a, b) => a - b)).toEqual(xs);
  expect(ages.at(-1)).toBeLessThan(ages[0] ?? 0);
  expect(store.head(3)?.x).toBe(xs.at(-1));
});

test("a jump of kilometres starts a new trail instead of a line across the map", () => {
  const store = createTrailStore(localOriginAt(start));
  store.add(frameAt(start.lngDeg), 0);
  store.add(frameAt(start.lngDeg + 1e-5), 1_000);
  store.add(frameAt(start.lngDeg + 0.5), 2_000);
  expect(countSegments(store)).toBe(0);
});

test("over a time the page was cut off there is a gap, and the trail before it stays", () => {
  const store = createTrailStore(localOriginAt(start));
  for (const second of [0, 1, 2, 30, 31]) {
    store.add(frameAt(start.lngDeg + second * 1e-5), second * 1_000);
  }
  const lengths: number[] = [];
  store.eachSegment((x0, _y0, x1) => lengths.push(((x1 - x0) * 360) / 1e-5));
  expect(lengths).toHaveLength(3);
  for (const length of lengths) expect(length).toBeCloseTo(1, 1);
});

test("points three seconds apart are still joined", () => {
  const store = createTrailStore(localOriginAt(start));
  for (const second of [0, 3, 6]) store.add(frameAt(start.lngDeg + second * 1e-5), second * 1_000);
  expect(countSegments(store)).toBe(2);
});

test("a drone that is not heard leaves no trail, and a gap until it is heard again", () => {
  const store = createTrailStore(localOriginAt(start));
  for (let second = 0; second <= 20; second++) {
    const frame = frameAt(start.lngDeg + second * 1e-5);
    if (second > 4 && second < 15) frame.flags[0] = second < 7 ? liveFlag.stale : liveFlag.lost;
    store.add(frame, second * 1_000);
  }
  expect(countSegments(store)).toBe(4 + 5);
});
