// The airspace watch on booked volumes: what is raised, when it returns, and what never is.
import { expect, test } from "vitest";
import type { PlannedBooking, WatchPlan } from "../../../../../contract/wire/watch-plan.ts";
import {
  emptyWatchState,
  judgeSample,
} from "../../../../../server/domain/airspace/airspace-watch.ts";
import { prepareAirspace } from "../../../../../server/domain/airspace/prepared-airspace.ts";
import { bookedBox, booking, box, planOf, polygonOf, sampleAt } from "./plan-builders.ts";
import { each, fly } from "./watched-flight.ts";

const booked = planOf([booking()]);

test("a flight inside its volume raises nothing", () => {
  const flown = fly(
    booked,
    each(0, 60, (second) => [second - 30, 0, second]),
  );
  expect(flown.told).toEqual([]);
  expect(flown.state.causes).toEqual([]);
});

test("the first sample outside raises, the fifth second 3 m inside returns", () => {
  const flown = fly(booked, [
    ...each(0, 2, () => [95, 0]),
    ...each(3, 6, () => [110, 0]),
    ...each(7, 20, () => [96.5, 0]),
  ]);
  expect(flown.told).toEqual(["3000 raised volumeLateral", "12000 returned volumeLateral"]);
  expect(flown.changes[0]?.place.excessM).toBeCloseTo(10, 1);
  expect(flown.changes[0]?.cause).toMatchObject({ zoneName: { en: "Box" }, limit: null });
  expect(flown.changes[1]?.place.excessM).toBeNull();
});

test("a first fix outside the volume raises at once", () => {
  const flown = fly(booked, [sampleAt(5000, 300, 0)]);
  expect(flown.told).toEqual(["5000 raised volumeLateral"]);
  expect(flown.standing).toEqual(["volumeLateral"]);
});

test("less than 3 m inside, or inside for less than 5 s without a break, is not back", () => {
  const near = fly(booked, [sampleAt(0, 110, 0), ...each(1, 60, () => [98, 0])]);
  expect(near.told).toEqual(["0 raised volumeLateral"]);
  const broken = fly(booked, [
    sampleAt(0, 110, 0),
    ...each(1, 60, (second) => [second % 5 === 0 ? 98 : 80, 0]),
  ]);
  expect(broken.told).toEqual(["0 raised volumeLateral"]);
});

test("leaving again within 60 s of the return opens the same alarm, later a new one", () => {
  const flown = fly(booked, [
    sampleAt(0, 110, 0),
    ...each(1, 6, () => [90, 0]),
    sampleAt(66_000, 110, 0),
    ...each(67, 72, () => [90, 0]),
    sampleAt(132_001, 110, 0),
  ]);
  expect(flown.told).toEqual([
    "0 raised volumeLateral",
    "6000 returned volumeLateral",
    "66000 reopened volumeLateral",
    "72000 returned volumeLateral",
    "132001 raised volumeLateral",
  ]);
});

test("a returned cause is forgotten after 60 s", () => {
  const returned = fly(booked, [sampleAt(0, 110, 0), ...each(1, 30, () => [90, 0])]);
  expect(returned.state.causes).toHaveLength(1);
  expect(
    fly(
      booked,
      each(31, 80, () => [90, 0]),
      returned.state,
    ).state.causes,
  ).toEqual([]);
});

test("farther out is told as worse at 20 m more and at twice as much, not at every sample", () => {
  const flown = fly(
    booked,
    each(0, 40, (second) => [101 + 11 * second, 0]),
  );
  const told = flown.changes.map(({ change, place }) => [change, Math.round(place.excessM ?? 0)]);
  expect(told).toEqual([
    ["raised", 1],
    ["worsened", 23],
    ["worsened", 56],
    ["worsened", 122],
    ["worsened", 254],
  ]);
});

test("leaving again no farther than before is not told as worse", () => {
  const flown = fly(booked, [
    ...each(0, 3, (second) => [101 + 10 * second, 0]),
    ...each(4, 10, () => [90, 0]),
    ...each(11, 14, (second) => [101 + 10 * (second - 11), 0]),
  ]);
  expect(flown.told.map((line) => line.split(" ")[1])).toEqual([
    "raised",
    "worsened",
    "returned",
    "reopened",
  ]);
});

test("above the volume is the ceiling alone, beside it the outline alone, both are both", () => {
  expect(fly(booked, [sampleAt(0, 0, 0, 121)]).told).toEqual(["0 raised volumeCeiling"]);
  expect(fly(booked, [sampleAt(0, 150, 0, 119)]).told).toEqual(["0 raised volumeLateral"]);
  expect(fly(booked, [sampleAt(0, 150, 0, 125)]).told).toEqual([
    "0 raised volumeLateral",
    "0 raised volumeCeiling",
  ]);
});

test("the ceiling returns after 5 s 2 m below it, and names its limit and datum", () => {
  const flown = fly(booked, [
    sampleAt(0, 0, 0, 121),
    ...each(1, 10, () => [0, 0, 118.5]),
    ...each(11, 16, () => [0, 0, 118]),
  ]);
  expect(flown.told).toEqual(["0 raised volumeCeiling", "16000 returned volumeCeiling"]);
  expect(flown.changes[0]?.cause.limit).toEqual({ reference: "ABOVE_HOME", valueM: 120 });
  expect(flown.changes[0]?.place).toMatchObject({ altitudeAboveHomeM: 121, excessM: 1 });
});

/** One volume around the origin with this band. */
function withBand(band: PlannedBooking["volumes"][number]["band"]): WatchPlan {
  const envelope = { lowerAmslM: 40, upperAmslM: 60 };
  return planOf([booking({ volumes: [{ label: "", footprint: bookedBox, band, envelope }] })]);
}

test.each([
  { reference: "AMSL" as const, aboveHomeM: 58, limit: { reference: "AMSL", valueM: 60 } },
  { reference: "AGL" as const, aboveHomeM: 61, limit: { reference: "AGL", valueM: 60 } },
  { reference: "ABOVE_HOME" as const, aboveHomeM: 61, limit: { reference: "ABOVE_HOME" } },
  // Drones do not report it: the envelope stands in, and the alarm says so.
  { reference: "WGS84" as const, aboveHomeM: 58, limit: { reference: "AMSL", valueM: 60 } },
])("a ceiling of 60 m $reference is judged in a datum that is named", (row) => {
  const plan = withBand({ reference: row.reference, lowerM: 40, upperM: 60 });
  const flown = fly(plan, [
    sampleAt(0, 50, 0, row.aboveHomeM - 2),
    sampleAt(1000, 50, 0, row.aboveHomeM),
  ]);
  expect(flown.told).toEqual(["1000 raised volumeCeiling"]);
  expect(flown.changes[0]?.cause.limit).toMatchObject(row.limit);
  expect(flown.changes[0]?.cause.zoneName).toBeNull();
});

test("a floor above the ground is judged, but not within 30 m of a booked pad", () => {
  const plan = withBand({ reference: "ABOVE_HOME", lowerM: 20, upperM: 60 });
  expect(fly(plan, [sampleAt(0, 29, 0, 5)]).told).toEqual([]);
  const low = fly(plan, [sampleAt(0, 31, 0, 5)]);
  expect(low.told).toEqual(["0 raised volumeFloor"]);
  expect(low.changes[0]?.cause.limit).toEqual({ reference: "ABOVE_HOME", valueM: 20 });
  expect(low.changes[0]?.place.excessM).toBe(15);
});

test.each([
  { reference: "ABOVE_HOME" as const, lowerM: 0 },
  { reference: "AGL" as const, lowerM: -5 },
  { reference: "AMSL" as const, lowerM: 3 },
])("a floor of $lowerM m $reference, at or below the ground, is open downwards", (floor) => {
  expect(fly(withBand({ ...floor, upperM: 60 }), [sampleAt(0, 60, 0, -8)]).told).toEqual([]);
});

test("a polygon left and entered again between two samples is told where it was left", () => {
  // A notch of 20 m by 60 m in the eastern side.
  const notched = polygonOf(
    [-100, -100],
    [100, -100],
    [100, -10],
    [40, -10],
    [40, 10],
    [100, 10],
    [100, 100],
    [-100, 100],
  );
  const [volume] = booking().volumes;
  if (volume === undefined) throw new Error("The booking has a volume.");
  const plan = planOf([booking({ volumes: [{ ...volume, footprint: notched }] })]);
  const flown = fly(plan, [
    sampleAt(0, 80, -15),
    sampleAt(1000, 80, 15),
    ...each(2, 10, () => [80, 30]),
  ]);
  expect(flown.told).toEqual(["1000 raised volumeLateral", "6000 returned volumeLateral"]);
  expect(flown.changes[0]?.place.excessM).toBeCloseTo(10, 1);
});

test("of several volumes being in one is enough, and the seam of two may be crossed", () => {
  const [volume] = booking().volumes;
  if (volume === undefined) throw new Error("The booking has a volume.");
  const low = { ...volume, footprint: box(-100, -100, 100, 100) };
  const high = {
    ...volume,
    label: "High",
    footprint: box(100, -100, 300, 100),
    band: { reference: "ABOVE_HOME" as const, lowerM: 0, upperM: 200 },
  };
  const plan = planOf([booking({ volumes: [low, high] })]);
  const over = each(0, 40, (second) => [10 * second - 100, 0, 100]);
  expect(fly(plan, over).told).toEqual([]);
  expect(fly(plan, [sampleAt(0, 200, 0, 150)]).told).toEqual([]);
  expect(fly(plan, [sampleAt(0, 50, 0, 150)]).told).toEqual(["0 raised volumeCeiling"]);
  const beside = fly(plan, [sampleAt(0, 310, 0, 150)]);
  expect(beside.told).toEqual(["0 raised volumeLateral"]);
  expect(beside.changes[0]?.cause.zoneName?.en).toBe("High");
});

test("a volume too narrow for the margin gives half of what it allows", () => {
  const [volume] = booking().volumes;
  if (volume === undefined) throw new Error("The booking has a volume.");
  // 4 m wide: nothing is ever 3 m inside it, the middle is 2 m inside.
  const narrow = { ...volume, footprint: box(-2, -100, 2, 100) };
  const plan = planOf([booking({ volumes: [narrow] })]);
  const flown = fly(plan, [sampleAt(0, 5, 0), ...each(1, 6, () => [0.5, 0])]);
  expect(flown.told).toEqual(["0 raised volumeLateral", "6000 returned volumeLateral"]);
  expect(fly(plan, [sampleAt(0, 5, 0), ...each(1, 6, () => [1.5, 0])]).told).toHaveLength(1);
});

test("a booking that was withdrawn in the air is judged by, and its causes stand", () => {
  const outside = fly(booked, [sampleAt(0, 150, 0)]);
  const withdrawn = planOf([booking({ state: "withdrawn" })]);
  const later = [sampleAt(1000, 150, 0), sampleAt(9000, 150, 0)];
  expect(fly(withdrawn, later, outside.state).told).toEqual([]);
});

test("a late flight is held to the volume of its booking that has ended", () => {
  const ended = planOf([booking({ state: "ended" })]);
  expect(fly(ended, [sampleAt(0, 150, 0)]).told).toEqual(["0 raised volumeLateral"]);
});

test("a drone that overruns its window is still held to its volume", () => {
  const plan = planOf([booking({ endMs: 1000 })]);
  expect(fly(plan, [sampleAt(2000, 150, 0)]).told).toEqual(["2000 raised volumeLateral"]);
});

/** A seeded standard normal (mulberry32 and Box-Muller), so that a failure can be repeated. */
function seededNormal(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

test.each([
  { rateHz: 1, seed: 1 },
  { rateHz: 1, seed: 2 },
  { rateHz: 10, seed: 3 },
])("a hover with 5 m noise on a fence line for 10 min at $rateHz Hz is one alarm", (row) => {
  const normal = seededNormal(row.seed);
  const samples = Array.from({ length: 600 * row.rateHz }, (_, index) =>
    sampleAt((index * 1000) / row.rateHz, 100 + 5 * normal(), 5 * normal()),
  );
  const flown = fly(booked, samples);
  expect(flown.told.filter((line) => line.includes(" raised "))).toHaveLength(1);
});

test("a return tells how far beyond the limit it had been, told as worse or not", () => {
  const airspace = prepareAirspace(booked);
  const subject = { booking: booked.bookings[0] };
  const path = [110, 118, 105, ...Array.from({ length: 8 }, () => 50)];
  let state = emptyWatchState;
  const changes = path.flatMap((eastM, second) => {
    const judged = judgeSample(airspace, subject, state, sampleAt(second * 1000, eastM, 0));
    state = judged.state;
    return judged.changes;
  });
  expect(changes.map(({ change }) => change)).toEqual(["raised", "returned"]);
  expect(changes[0]?.worst?.excessM).toBeCloseTo(10, 1);
  expect(changes[1]?.worst?.excessM).toBeCloseTo(18, 1);
});

test("nothing new leaves what is remembered of the causes untouched", () => {
  const airspace = prepareAirspace(booked);
  const subject = { booking: booked.bookings[0] };
  const first = judgeSample(airspace, subject, emptyWatchState, sampleAt(0, 150, 0));
  const second = judgeSample(airspace, subject, first.state, sampleAt(100, 149, 0));
  expect(second.state.causes).toBe(first.state.causes);
  expect(second.changes).toEqual([]);
  expect(second.standing.map(({ key }) => key)).toEqual(["volumeLateral"]);
});
