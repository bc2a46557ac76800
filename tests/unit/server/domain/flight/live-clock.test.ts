import { expect, test } from "vitest";
import { readBootClock, type LiveClock } from "../../../../../server/domain/flight/live-clock.ts";

/** Feeds [bootMs, receivedAtMs] positions and returns what was said of each. */
function read(samples: readonly (readonly [number, number])[]) {
  let clock: LiveClock | undefined;
  return samples.map(([bootMs, receivedAtMs]) => {
    const reading = readBootClock(clock, bootMs, receivedAtMs, true);
    clock = reading.clock;
    return reading;
  });
}

function verdicts(samples: readonly (readonly [number, number])[]): string[] {
  return read(samples).map(({ verdict }) => verdict);
}

test("samples in order and in time are judged, at the smallest offset seen", () => {
  const readings = read([
    [1000, 50_100],
    [1100, 50_120],
    [1200, 50_300],
  ]);
  expect(readings.map(({ verdict }) => verdict)).toEqual(["judge", "judge", "judge"]);
  expect(readings[1]?.atMs).toBe(50_120);
  expect(readings[2]?.atMs).toBeCloseTo(50_220.9, 1);
});

test("a sample behind the last judged one is recorded only; one of the same time is not", () => {
  expect(
    verdicts([
      [1000, 50_000],
      [1200, 50_200],
      [1100, 50_210],
      [1200, 50_220],
    ]),
  ).toEqual(["judge", "judge", "behind", "judge"]);
});

test("a sample more than 3 s late is late, one of 3 s is not", () => {
  expect(
    verdicts([
      [1000, 50_000],
      [2000, 54_000],
      [3000, 55_100],
    ]),
  ).toEqual(["judge", "judge", "late"]);
});

test("the offset rises at most 5 ms a second, so that a slow boot clock is followed", () => {
  const drifting = Array.from({ length: 3600 }, (_, s) => [s * 1000, 50_000 + s * 1004] as const);
  expect(verdicts(drifting).every((verdict) => verdict === "judge")).toBe(true);
  const delayed = read([
    [0, 50_000],
    [100_000, 152_000],
  ]);
  expect(delayed[1]?.atMs).toBeCloseTo(150_510, 0);
});

test("a boot clock that has begun again is believed after three samples over a second", () => {
  expect(
    verdicts([
      [90_000, 200_000],
      [2000, 203_000],
      [2500, 203_500],
      [3100, 204_100],
      [3200, 204_200],
    ]),
  ).toEqual(["judge", "behind", "behind", "rebooted", "judge"]);
});

test("a burst of old samples between current ones is no reboot", () => {
  const burst = Array.from({ length: 30 }, (_, at) => [80_000 + at * 100, 200_100 + at] as const);
  const all = verdicts([[90_000, 200_000], ...burst, [90_200, 200_200], [90_300, 200_300]]);
  expect(all).not.toContain("rebooted");
  expect(all.slice(-2)).toEqual(["judge", "judge"]);
});

test("other messages may be stamped a little before a position that has been taken", () => {
  const first = readBootClock(undefined, 1000, 50_000, true);
  const other = readBootClock(first.clock, 1040, 50_040, false);
  expect(readBootClock(other.clock, 1030, 50_045, true).verdict).toBe("judge");
});
