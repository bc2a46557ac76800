import { expect, test } from "vitest";
import { laneOfEach } from "../../../../client/control/lanes.ts";

test("windows that only touch share a lane; windows that overlap do not", () => {
  const windows = [
    { startMs: 0, endMs: 10 },
    { startMs: 5, endMs: 15 },
    { startMs: 10, endMs: 20 },
    { startMs: 12, endMs: 13 },
  ];
  expect(laneOfEach(windows)).toEqual([0, 1, 0, 2]);
});
