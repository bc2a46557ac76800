// The airspace watch on zones: keep-outs, operating areas and height limits.
import { expect, test } from "vitest";
import type { WatchPlan } from "../../../../../contract/wire/watch-plan.ts";
import { bookedBox, booking, box, planOf, sampleAt, zone } from "./plan-builders.ts";
import { each, fly } from "./watched-flight.ts";

const keepOut = zone("zone_k", "keepOut", box(200, -50, 245, 50), { upperM: 100 });
const unbooked = planOf([], [keepOut]);

test("a 3 s crossing of a keep-out at 15 m/s is never missed, wherever the samples fall", () => {
  for (let offset = 0; offset < 15; offset++) {
    const flown = fly(
      unbooked,
      each(0, 30, (second) => [100 + offset + 15 * second, 0]),
    );
    expect(flown.told[0]).toMatch(/raised keepOut:zone_k$/);
    expect(flown.told.filter((line) => line.includes("raised"))).toHaveLength(1);
  }
});

test("a keep-out crossed between two samples is told, with the way through it as its place", () => {
  const thin = planOf([], [zone("zone_t", "keepOut", box(200, -50, 205, 50), { upperM: 100 })]);
  const flown = fly(thin, [sampleAt(0, 195, 0), sampleAt(1000, 210, 0), sampleAt(2000, 225, 0)]);
  expect(flown.told).toEqual(["1000 raised keepOut:zone_t"]);
  expect(flown.changes[0]?.place.excessM).toBeCloseTo(2.5, 1);
});

test("a jump of the position, or the gap of a lost link, is no crossing", () => {
  expect(fly(unbooked, [sampleAt(0, 100, 0), sampleAt(1000, 300, 0)]).told).toEqual([]);
  expect(fly(unbooked, [sampleAt(0, 100, 0), sampleAt(20_000, 300, 0)]).told).toEqual([]);
  expect(fly(unbooked, [sampleAt(0, 100, 0), sampleAt(1000, 220, 0)]).told).toEqual([
    "1000 raised keepOut:zone_k",
  ]);
});

test("a keep-out is judged within its band only, and falling through it counts", () => {
  const band = { lowerM: 50, upperM: 60 };
  const plan = planOf([], [zone("zone_b", "keepOut", bookedBox, band)]);
  expect(fly(plan, [sampleAt(0, 0, 0, 40)]).told).toEqual([]);
  expect(fly(plan, [sampleAt(0, 0, 0, 60)]).told).toEqual([]);
  expect(fly(plan, [sampleAt(0, 0, 0, 52)]).told).toEqual(["0 raised keepOut:zone_b"]);
  expect(fly(plan, [sampleAt(0, 0, 0, 60), sampleAt(1000, 0, 0, 45)]).told).toEqual([
    "1000 raised keepOut:zone_b",
  ]);
});

test("a keep-out returns after 5 s 3 m beside it, or 2 m above it", () => {
  const beside = fly(unbooked, [
    sampleAt(0, 210, 0),
    ...each(1, 20, () => [198, 0]),
    ...each(21, 26, () => [196.9, 0]),
  ]);
  expect(beside.told).toEqual(["0 raised keepOut:zone_k", "26000 returned keepOut:zone_k"]);
  const above = fly(unbooked, [
    sampleAt(0, 210, 0, 90),
    ...each(1, 10, () => [210, 0, 98]),
    ...each(11, 16, () => [210, 0, 99.1]),
  ]);
  expect(above.told).toEqual(["0 raised keepOut:zone_k", "16000 returned keepOut:zone_k"]);
});

test("the operating area is left where no operating area holds the drone", () => {
  const areas = [
    zone("zone_a", "operatingArea", box(-500, -500, 0, 500)),
    zone("zone_b", "operatingArea", box(0, -500, 500, 500)),
  ];
  const plan = planOf([], areas);
  expect(fly(plan, [sampleAt(0, -10, 0), sampleAt(1000, 10, 0)]).told).toEqual([]);
  const flown = fly(plan, [sampleAt(0, 490, 0), sampleAt(1000, 505, 0)]);
  expect(flown.told).toEqual(["1000 raised operatingArea"]);
  expect(flown.changes[0]?.cause).toMatchObject({ zoneId: "zone_b", limit: null });
});

const limited = zone("zone_h", "heightLimit", bookedBox, { reference: "AGL", upperM: 90 });

test("a height limit is passed above it inside its outline, and returns 2 m below", () => {
  const plan = planOf([], [limited]);
  expect(fly(plan, [sampleAt(0, 150, 0, 95)]).told).toEqual([]);
  const flown = fly(plan, [sampleAt(0, 0, 0, 90.5), ...each(1, 6, () => [0, 0, 88])]);
  expect(flown.told).toEqual(["0 raised heightLimit:zone_h", "6000 returned heightLimit:zone_h"]);
  expect(flown.changes[0]?.cause.limit).toEqual({ reference: "AGL", valueM: 90 });
});

test("a permission lifts a height limit to its own, and never lowers it", () => {
  const [volume] = booking().volumes;
  if (volume === undefined) throw new Error("The booking has a volume.");
  const tall = { ...volume, band: { ...volume.band, upperM: 500 } };
  const permitted = (heightLimitAglM: number): WatchPlan => {
    const permission = { kind: "height" as const, reference: "CAD 1", heightLimitAglM };
    return planOf([booking({ volumes: [tall], permissions: [permission] })], [limited]);
  };
  expect(fly(permitted(150), [sampleAt(0, 0, 0, 140)]).told).toEqual([]);
  const above = fly(permitted(150), [sampleAt(0, 0, 0, 151)]);
  expect(above.told).toEqual(["0 raised heightLimit:zone_h"]);
  expect(above.changes[0]?.cause.limit).toEqual({ reference: "AGL", valueM: 150 });
  expect(fly(permitted(50), [sampleAt(0, 0, 0, 80)]).told).toEqual([]);
});

test("a zone that ends returns at the next judgement, as does one that left the plan", () => {
  const ending = { ...keepOut, validity: { startMs: null, endMs: 2000 } };
  const inside = each(0, 3, () => [220, 0]);
  expect(fly(planOf([], [ending]), inside).told).toEqual([
    "0 raised keepOut:zone_k",
    "2000 returned keepOut:zone_k",
  ]);
  const standing = fly(unbooked, [sampleAt(0, 220, 0)]);
  const last = sampleAt(0, 220, 0);
  expect(fly(planOf([]), [last], standing.state).told).toEqual(["0 returned keepOut:zone_k"]);
});

test("a zone that comes into force around a drone is told at the next judgement", () => {
  const before = fly(planOf([]), [sampleAt(0, 220, 0)]);
  expect(before.told).toEqual([]);
  const after = fly(unbooked, [sampleAt(0, 220, 0)], before.state);
  expect(after.told).toEqual(["0 raised keepOut:zone_k"]);
});
