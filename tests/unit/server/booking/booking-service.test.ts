// What happens to a booking that stands: telemetry, the end of its window, and who is told.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BookingRecord } from "../../../../server/domain/booking/booking-record.ts";
import { shownBooking } from "../../../../server/domain/booking/booking-record.ts";
import {
  bookingRequest,
  createBookingWorld,
  islandRequest,
  minuteMs,
  openWorld,
  worldNowMs,
  type BookingWorld,
} from "../../../support/booking-world.ts";

let world: BookingWorld;

beforeEach(async () => {
  world = await createBookingWorld();
});
afterEach(() => world.close());

async function booked(change = {}): Promise<BookingRecord> {
  const operator = await world.person("usr_operator");
  const outcome = await world.service.book(operator, bookingRequest(change));
  if (outcome.kind !== "booked") throw new Error(JSON.stringify(outcome));
  return outcome.booking;
}

test("telemetry activates a booking, twice is once, and its history says why", async () => {
  const { id } = await booked();
  const step = { bookingId: id, to: "activated", atMs: worldNowMs, reason: "Armed" } as const;
  const activated = await world.service.recordTelemetryState(step);
  expect(activated).toMatchObject({ state: "activated", version: 3 });
  expect(activated?.history.at(-1)).toMatchObject({ byName: "Telemetry", reason: "Armed" });
  expect(await world.service.recordTelemetryState(step)).toBeUndefined();
  const worst = await world.service.recordTelemetryState({ ...step, to: "contingent" });
  expect(worst?.state).toBe("contingent");
  expect(await world.service.recordTelemetryState(step)).toBeUndefined();
  const nobodys = { ...step, bookingId: "bkg_none" };
  expect(await world.service.recordTelemetryState(nobodys)).toBeUndefined();
});

test("a contingent booking that its only flight leaves is accepted again, once", async () => {
  const { id } = await booked();
  const step = { bookingId: id, atMs: worldNowMs, reason: "Bound by mistake" };
  await world.service.recordTelemetryState({ ...step, to: "contingent" });
  const left = { bookingId: id, staying: [], reason: "Taken back" };
  expect(await world.service.recordFlightLeft(left)).toMatchObject({ state: "accepted" });
  expect(await world.service.recordFlightLeft(left)).toBeUndefined();
  const held = await world.database.read("allocation").where({ status: "held" });
  expect(held.length).toBeGreaterThan(0);
  const again = await world.service.recordTelemetryState({ ...step, to: "activated" });
  expect(again?.history.map(({ to }) => to).slice(-3)).toEqual([
    "contingent",
    "accepted",
    "activated",
  ]);
});

test("a booking ends after its window, but not while one of its drones flies", async () => {
  const booking = await booked();
  const flying = new Set([booking.id]);
  expect(await world.service.endDueBookings(booking.endMs - 1, new Set())).toBe(0);
  expect(await world.service.endDueBookings(booking.endMs, flying)).toBe(0);
  expect(await world.service.endDueBookings(booking.endMs + 1, new Set())).toBe(1);
  expect((await world.store.bookings.find(booking.id))?.state).toBe("ended");
  const held = await world.database.read("allocation").where({ status: "held" });
  expect(held).toEqual([]);
});

test("a controller ends a booking early, and the rest of it is free", async () => {
  const booking = await booked();
  const person = await world.person("usr_controller");
  const asked = { bookingId: booking.id, version: booking.version, person, reason: "" };
  const outcome = await world.service.act("end", asked);
  expect(outcome).toMatchObject({ kind: "done", booking: { state: "ended" } });
  const operator2 = await world.person("usr_operator2");
  expect((await world.service.book(operator2, islandRequest())).kind).toBe("booked");
});

test("without automatic acceptance a controller decides, on things as they then are", async () => {
  await world.database.write("site").update({ automatic_acceptance: false });
  const mine = await booked();
  expect(mine.state).toBe("requested");
  const operator2 = await world.person("usr_operator2");
  const theirs = await world.service.book(operator2, islandRequest());
  if (theirs.kind !== "booked") throw new Error(theirs.kind);
  const person = await world.person("usr_controller");
  const asked = { person, reason: "Fine" };
  const accepted = await world.service.act("accept", {
    ...asked,
    bookingId: mine.id,
    version: mine.version,
  });
  expect(accepted).toMatchObject({ kind: "done", booking: { state: "accepted" } });
  const both = { ...asked, bookingId: theirs.booking.id, version: theirs.booking.version };
  expect((await world.service.act("accept", both)).kind).toBe("conflict");
  expect(await world.service.act("reject", both)).toMatchObject({
    kind: "done",
    booking: { state: "rejected" },
  });
});

test("of two controllers accepting at once one does it, the other hears of it", async () => {
  await world.database.write("site").update({ automatic_acceptance: false });
  const { id: bookingId, version } = await booked();
  const person = await world.person("usr_controller");
  const asked = { bookingId, version, person, reason: "" };
  const outcomes = await Promise.all([
    world.service.act("accept", asked),
    world.service.act("accept", asked),
  ]);
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["done", "stale"]);
});

test("listeners hear of the booking and of the plan after every change", async () => {
  const heard: string[] = [];
  world.service.onBookingChanged(({ state }) => heard.push(state));
  const stop = world.service.onPlanChanged(() => heard.push("plan"));
  const { id } = await booked();
  expect(heard).toEqual(["accepted", "plan"]);
  stop();
  const step = { bookingId: id, to: "activated", atMs: worldNowMs, reason: "" } as const;
  await world.service.recordTelemetryState(step);
  expect(heard).toEqual(["accepted", "plan", "activated"]);
});

test("a booking is in force once ingest has acknowledged the plan that holds it", async () => {
  await world.service.readWatchPlan();
  const booking = await booked();
  const { version } = await world.service.readWatchPlan();
  expect(booking.planVersion).toBe(version);
  expect(
    shownBooking(booking, { planVersionInForce: version - 1, dronesFlying: new Map() }).inForce,
  ).toBe(false);
  expect(
    shownBooking(booking, { planVersionInForce: version, dronesFlying: new Map() }).inForce,
  ).toBe(true);
});

test("a booking beyond the plan's reach enters it when its time comes near", async () => {
  await world.service.readWatchPlan();
  const startMs = worldNowMs + 8 * 24 * 60 * minuteMs;
  const { id, planVersion } = await booked({ startMs, endMs: startMs + minuteMs });
  expect(planVersion).toBeNull();
  const before = await world.service.readWatchPlan();
  expect(before.bookings).toEqual([]);
  const twoDaysOnMs = worldNowMs + 2 * 24 * 60 * minuteMs;
  expect(await world.store.plan.extendHorizon(twoDaysOnMs)).toBe(true);
  expect(await world.store.plan.extendHorizon(twoDaysOnMs)).toBe(false);
  const after = await world.store.plan.readWatchPlan(twoDaysOnMs);
  expect(after.bookings.map((one) => one.id)).toEqual([id]);
  expect(after.version).toBeGreaterThan(before.version);
  expect((await world.store.bookings.find(id))?.planVersion).toBe(after.version);
});

test.each([
  ["flown", (id: string) => ({ bookingIds: new Set([id]), isKnown: true }), "flying"],
  ["not yet known", () => ({ bookingIds: new Set<string>(), isKnown: false }), "flightsUnknown"],
])("nobody lets go of a booking whose flight is %s", async (_what, inTheAir, kind) => {
  const soon = { startMs: worldNowMs + 10 * minuteMs, endMs: worldNowMs + 40 * minuteMs };
  const booking = await booked(soon);
  const open = await openWorld(world.made, inTheAir(booking.id));
  const person = await world.person("usr_controller");
  const asked = { bookingId: booking.id, version: booking.version, person, reason: "" };
  for (const action of ["withdraw", "reject", "end"] as const) {
    expect(await open.service.act(action, asked)).toEqual({ kind });
  }
  await open.database.close();
  expect((await world.store.bookings.find(booking.id))?.state).toBe("accepted");
});

test("a booking that nobody can be flying yet is withdrawn before flights are known", async () => {
  const booking = await booked({
    startMs: worldNowMs + 16 * minuteMs,
    endMs: worldNowMs + 40 * minuteMs,
  });
  const open = await openWorld(world.made, { bookingIds: new Set(), isKnown: false });
  const person = await world.person("usr_operator");
  const asked = { bookingId: booking.id, version: booking.version, person, reason: "" };
  expect((await open.service.act("withdraw", asked)).kind).toBe("done");
  await open.database.close();
});
