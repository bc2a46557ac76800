import { expect, test } from "vitest";
import { createClock } from "../../../server/clock.ts";

function timeSource() {
  const time = { steady: 1_000, wall: 1_700_000_000_000 };
  return { time, source: { steadyMs: () => time.steady, wallMs: () => time.wall } };
}

test("the clock starts at the wall clock's time", () => {
  const { source } = timeSource();
  expect(createClock(source).nowMs()).toBe(1_700_000_000_000);
});

test("a wall clock that is set back an hour never makes the time go back", () => {
  const { time, source } = timeSource();
  const clock = createClock(source);
  time.wall -= 3_600_000;
  let before = clock.nowMs();
  for (let step = 0; step < 1000; step++) {
    time.steady += 10;
    time.wall += 10;
    const now = clock.nowMs();
    expect(now).toBeGreaterThan(before);
    before = now;
  }
});

test("a difference is made up by slewing, at most 0.5 ms a second", () => {
  const { time, source } = timeSource();
  const clock = createClock(source);
  time.steady += 10_000;
  time.wall += 10_000 + 2;
  expect(clock.nowMs()).toBeCloseTo(1_700_000_010_002, 6);
  time.steady += 1_000;
  time.wall += 1_000 + 60_000;
  expect(clock.nowMs()).toBeCloseTo(1_700_000_011_002.5, 6);
});

test("microseconds are whole", () => {
  const { time, source } = timeSource();
  const clock = createClock(source);
  time.steady += 0.123456;
  time.wall += 0;
  expect(Number.isSafeInteger(clock.nowUs())).toBe(true);
});
