import { expect, test } from "vitest";
import type { PlannedBooking } from "../../../../../contract/wire/watch-plan.ts";
import { bindFlight } from "../../../../../server/domain/flight/flight-binding.ts";
import { plannedBooking } from "../../../../support/watch-plan.ts";

const minuteMs = 60_000;
const atMs = 1_800_000_000_000;

function booking(id: string, startMs: number, endMs: number, more: Partial<PlannedBooking> = {}) {
  return plannedBooking(atMs, [1], { id, startMs, endMs, ...more });
}

function bind(bookings: readonly PlannedBooking[], around: readonly PlannedBooking[] = []) {
  return bindFlight(bookings, 1, atMs, () => around).binding;
}

test("the booking whose window holds takes the flight; the window is half-open", () => {
  const now = booking("now", atMs, atMs + minuteMs);
  const before = booking("before", atMs - minuteMs, atMs);
  expect(bind([before, now])).toEqual({ kind: "booked", bookingId: "now" });
});

test("else the next booking that starts within 15 minutes: early", () => {
  const near = booking("near", atMs + 5 * minuteMs, atMs + 9 * minuteMs);
  const far = booking("far", atMs + 15 * minuteMs, atMs + 20 * minuteMs);
  expect(bind([far, near])).toEqual({ kind: "early", bookingId: "near" });
  expect(bind([far])).toEqual({ kind: "early", bookingId: "far" });
  const tooFar = booking("x", atMs + 15 * minuteMs + 1, atMs + 20 * minuteMs);
  expect(bind([tooFar])).toEqual({ kind: "unbooked", bookingId: null });
});

test("else the booking that ended last within 15 minutes: late, also once it is ended", () => {
  const older = booking("older", atMs - 30 * minuteMs, atMs - 10 * minuteMs);
  const newer = booking("newer", atMs - 9 * minuteMs, atMs - minuteMs, { state: "ended" });
  expect(bind([older, newer])).toEqual({ kind: "late", bookingId: "newer" });
  const tooOld = booking("x", atMs - 30 * minuteMs, atMs - 15 * minuteMs - 1);
  expect(bind([tooOld])).toEqual({ kind: "unbooked", bookingId: null });
});

test("early goes before late", () => {
  const early = booking("early", atMs + 14 * minuteMs, atMs + 20 * minuteMs);
  const late = booking("late", atMs - 9 * minuteMs, atMs - minuteMs);
  expect(bind([late, early])).toEqual({ kind: "early", bookingId: "early" });
});

test("a booking that holds no airspace takes no flight", () => {
  for (const state of ["draft", "requested", "withdrawn", "rejected", "no-show"] as const) {
    expect(bind([booking("x", atMs, atMs + minuteMs, { state })]).kind).toBe("unbooked");
  }
});

test("a drone that no booking names is the wrong drone inside another's volume", () => {
  const others = plannedBooking(atMs, [2], { id: "others" });
  expect(bind([others], [others])).toEqual({
    kind: "wrongDrone",
    bookingId: "others",
    enteredOrganisationId: others.organisationId,
  });
  expect(bind([others])).toEqual({ kind: "unbooked", bookingId: null });
});

test("its own booking goes before another's volume", () => {
  const own = booking("own", atMs, atMs + minuteMs);
  const others = plannedBooking(atMs, [2], { id: "others" });
  expect(bind([others, own], [others])).toEqual({ kind: "booked", bookingId: "own" });
});
