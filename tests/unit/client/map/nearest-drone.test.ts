import { expect, test } from "vitest";
import { createDroneFrame } from "../../../../client/map/drone-source.ts";
import { nearestDrone, pickReachPx } from "../../../../client/map/nearest-drone.ts";

/** One degree is one pixel here. */
const project = (latDeg: number, lngDeg: number) => ({ xPx: lngDeg, yPx: latDeg });

function frameOf(places: readonly (readonly [number, number])[]) {
  const frame = createDroneFrame(10);
  frame.count = places.length;
  places.forEach(([xPx, yPx], index) => {
    frame.id[index] = index + 1;
    frame.lngDeg[index] = xPx;
    frame.latDeg[index] = yPx;
  });
  return frame;
}

test("a click means the nearest drone within reach", () => {
  const frame = frameOf([
    [10, 10],
    [20, 10],
  ]);
  expect(nearestDrone(frame, project, { xPx: 17, yPx: 10 })).toBe(2);
  expect(nearestDrone(frame, project, { xPx: 12, yPx: 10 })).toBe(1);
});

test("a click far from every drone means none", () => {
  const frame = frameOf([[10, 10]]);
  expect(nearestDrone(frame, project, { xPx: 10 + pickReachPx + 1, yPx: 10 })).toBeUndefined();
});

test("what was drawn before beyond the count is not picked", () => {
  const frame = frameOf([[10, 10]]);
  frame.count = 0;
  expect(nearestDrone(frame, project, { xPx: 10, yPx: 10 })).toBeUndefined();
});
