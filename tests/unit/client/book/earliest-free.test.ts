import { expect, test } from "vitest";
import type { Held } from "../../../../client/book/earliest-free.ts";
import { earliestFree, heldBy } from "../../../../client/book/earliest-free.ts";
import type { Booking, Slot } from "../../../../contract/wire/booking.ts";
import type { Footprint } from "../../../../contract/wire/geometry.ts";

const minuteMs = 60_000;
/** On a multiple of five minutes. */
const fromMs = Date.UTC(2026, 10, 22, 6, 10);

/** A square of 0.004 degrees a side with its south-west corner at 22.25 N and this longitude. */
function square(westDeg: number): Footprint {
  const eastDeg = westDeg + 0.004;
  const ring: [number, number][] = [
    [westDeg, 22.25],
    [eastDeg, 22.25],
    [eastDeg, 22.254],
    [westDeg, 22.254],
    [westDeg, 22.25],
  ];
  return { kind: "polygon", polygon: { type: "Polygon", coordinates: [ring] } };
}

const basin = { id: "vol_basin", footprint: square(114.12) };
const west = { id: "vol_west", footprint: square(114.11) };
const wish = {
  fromMs,
  lengthMs: 30 * minuteMs,
  volumes: [basin, west],
  pads: [{ id: "pad_1" }, { id: "pad_2" }],
  aircraft: [{ id: "air_1" }, { id: "air_2" }],
};

/** Holds nothing from `fromMs` for half an hour, unless told. */
function held(part: Partial<Held>): Held {
  const endMs = fromMs + 30 * minuteMs;
  return { startMs: fromMs, endMs, footprints: [], resourceIds: [], aircraftIds: [], ...part };
}

/** What is found, by id and minutes after `fromMs`. */
function found(...all: Held[]) {
  const place = earliestFree({ ...wish, held: all });
  const ids = [place.volume?.id, place.pad?.id, place.aircraft?.id];
  return [(place.startMs - fromMs) / minuteMs, ...ids];
}

test("with nothing held it is the first of each, at once", () => {
  expect(found()).toEqual([0, "vol_basin", "pad_1", "air_1"]);
});

test("another free volume at the same time goes before a later time", () => {
  const one = held({
    footprints: [basin.footprint],
    resourceIds: ["pad_1"],
    aircraftIds: ["air_1"],
  });
  expect(found(one)).toEqual([0, "vol_west", "pad_2", "air_2"]);
});

test("with every volume held it starts when the first is free again, to five minutes", () => {
  const both = held({ footprints: [basin.footprint, west.footprint] });
  expect(found(both)).toEqual([30, "vol_basin", "pad_1", "air_1"]);
  const longer = held({ footprints: [basin.footprint], endMs: fromMs + 90 * minuteMs });
  const oddEnd = held({ footprints: [west.footprint], endMs: fromMs + 41 * minuteMs });
  expect(found(longer, oddEnd)).toEqual([45, "vol_west", "pad_1", "air_1"]);
});

test("with every pad or every aircraft held it starts later", () => {
  expect(found(held({ resourceIds: ["pad_1", "pad_2"] }))[0]).toBe(30);
  expect(found(held({ aircraftIds: ["air_1", "air_2"] }))[0]).toBe(30);
});

test("a circle holds the volumes its box meets, and no others", () => {
  const circle = (lngDeg: number): Footprint => ({
    kind: "circle",
    centre: { latDeg: 22.252, lngDeg },
    radiusM: 100,
  });
  // 100 m are 0.00097 degrees of longitude here; the basin begins at 114.12.
  expect(found(held({ footprints: [circle(114.1191)] }))[1]).toBe("vol_west");
  expect(found(held({ footprints: [circle(114.1189)] }))[1]).toBe("vol_basin");
});

test("what ends at the start or starts at the end is not in its way", () => {
  const before = held({
    startMs: fromMs - minuteMs,
    endMs: fromMs,
    footprints: [basin.footprint],
  });
  const after = held({
    startMs: fromMs + 30 * minuteMs,
    endMs: fromMs + 60 * minuteMs,
    footprints: [basin.footprint],
  });
  expect(found(before, after)).toEqual([0, "vol_basin", "pad_1", "air_1"]);
});

test("a gap too short for the whole length is passed over", () => {
  const footprints = [basin.footprint, west.footprint];
  const first = held({ footprints });
  const second = held({
    startMs: fromMs + 55 * minuteMs,
    endMs: fromMs + 70 * minuteMs,
    footprints,
  });
  expect(found(first, second)[0]).toBe(70);
});

test("with nothing free for six hours it stays at the first start with what is free then", () => {
  const all = held({
    endMs: fromMs + 400 * minuteMs,
    footprints: [basin.footprint, west.footprint],
    resourceIds: ["pad_1"],
  });
  expect(found(all)).toEqual([0, "vol_basin", "pad_2", "air_1"]);
});

test("where a site has no volumes or pads none are looked for", () => {
  const place = earliestFree({ ...wish, volumes: [], pads: [], held: [] });
  expect(place).toEqual({
    startMs: fromMs,
    volume: undefined,
    pad: undefined,
    aircraft: { id: "air_1" },
  });
});

test("taken slots and bookings that hold count as held; withdrawn bookings do not", () => {
  const window = { startMs: fromMs, endMs: fromMs + minuteMs };
  const volume = { footprint: basin.footprint, envelope: { lowerAmslM: 0, upperAmslM: 60 } };
  const slot: Slot = { siteId: "site_pier", ...window, volumes: [volume], resourceIds: ["pad_1"] };
  const booking = {
    ...window,
    state: "accepted",
    volumes: [volume],
    resources: [{ id: "pad_2", kind: "pad", name: "Pad 2" }],
    aircraft: [{ id: "air_1", name: "One", sysid: 1 }],
  } as unknown as Booking;
  expect(heldBy([slot], [booking, { ...booking, state: "withdrawn" }])).toEqual([
    { ...window, footprints: [basin.footprint], resourceIds: ["pad_1"], aircraftIds: [] },
    { ...window, footprints: [basin.footprint], resourceIds: ["pad_2"], aircraftIds: ["air_1"] },
  ]);
});
