import { expect, test } from "vitest";
import { rowsOfDay, type DayFacts } from "../../../../client/book/day-slots.ts";
import type { Booking } from "../../../../contract/wire/booking.ts";
import { resources, site } from "./form-samples.ts";

const hourMs = 3_600_000;
const day = { startMs: 0, endMs: 24 * hourMs };
const footprint = { kind: "circle", centre: site.centre, radiusM: 50 } as const;
const envelope = { lowerAmslM: 0, upperAmslM: 60 };
const elsewhere = { ...footprint, radiusM: 60 };

function booking(id: string, fromHour: number, toHour: number, more?: Partial<Booking>): Booking {
  return {
    id,
    version: 1,
    state: "accepted",
    organisationId: "org_a",
    organisationName: "A",
    siteId: site.id,
    title: id,
    purpose: "other",
    startMs: fromHour * hourMs,
    endMs: toHour * hourMs,
    volumes: [
      {
        label: "",
        footprint,
        band: { reference: "AMSL", lowerM: 0, upperM: 60 },
        envelope,
      },
    ],
    aircraft: [],
    pilots: [],
    contactPhone: "",
    resources: [{ id: "pad_1", kind: "pad", name: "pad_1" }],
    permissions: [],
    siteMayCommand: true,
    telemetry: "mavlink",
    notes: "",
    inForce: true,
    dronesFlying: 0,
    createdAtMs: 0,
    history: [],
    ...more,
  };
}

function rows(more: Partial<DayFacts>) {
  return rowsOfDay({ siteId: site.id, day, resources, bookings: [], slots: [], ...more });
}

test("the airspace comes first, then the resources of this site alone", () => {
  expect(rows({}).map(({ resource }) => resource?.id ?? "airspace")).toEqual([
    "airspace",
    "bay_1",
    "pad_1",
    "pad_2",
  ]);
});

test("a booking stands in the row of the airspace and of what it holds", () => {
  const held = rows({ bookings: [booking("a", 9, 10)] }).filter(({ lanes }) => lanes.length > 0);
  expect(held.map(({ resource }) => resource?.id ?? "airspace")).toEqual(["airspace", "pad_1"]);
});

test("a withdrawn booking, another day's and another site's hold nothing", () => {
  const bookings = [
    booking("withdrawn", 9, 10, { state: "withdrawn" }),
    booking("tomorrow", 24, 25),
    booking("elsewhere", 9, 10, { siteId: "site_park" }),
  ];
  expect(rows({ bookings }).flatMap(({ lanes }) => lanes)).toEqual([]);
});

test("a slot that a known booking accounts for is shown once", () => {
  const known = booking("a", 9, 10);
  const slot = {
    siteId: site.id,
    startMs: known.startMs,
    endMs: known.endMs,
    volumes: [{ footprint, envelope }],
    resourceIds: ["pad_1"],
  };
  const foreign = { ...slot, volumes: [{ footprint: elsewhere, envelope }], resourceIds: [] };
  const [airspace] = rows({ bookings: [known], slots: [slot, foreign] });
  const bookings = airspace?.lanes.flat().map((one) => one.booking?.id ?? null);
  expect(bookings).toEqual(["a", null]);
});

test("slots that overlap lie in lanes of their own, slots that only touch share one", () => {
  const bookings = [booking("a", 9, 10), booking("b", 10, 11), booking("c", 9.5, 10.5)];
  const [airspace] = rows({ bookings });
  expect(airspace?.lanes.map((lane) => lane.map(({ key }) => key))).toEqual([["a", "b"], ["c"]]);
});
