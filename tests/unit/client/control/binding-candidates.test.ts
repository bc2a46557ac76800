// The bookings that a controller is offered for a flight without one.
import { expect, test } from "vitest";
import type { Booking } from "../../../../contract/wire/booking.ts";
import {
  bindingCandidates,
  candidateMarginMs,
} from "../../../../client/control/binding-candidates.ts";

const nowMs = Date.UTC(2026, 10, 22, 4);
const hourMs = 3_600_000;

function booking(id: string, changes: Partial<Booking> = {}): Booking {
  const window = { startMs: nowMs - hourMs, endMs: nowMs + hourMs };
  return {
    id,
    title: id,
    siteId: "site_pier",
    state: "accepted",
    ...window,
    ...changes,
  } as Booking;
}

const offered = (...bookings: Booking[]): string[] =>
  bindingCandidates(bookings, "site_pier", nowMs).map(({ id }) => id);

test("standing bookings of the site are offered, in the order of their start", () => {
  expect(
    offered(
      booking("later", { startMs: nowMs - 1 }),
      booking("now"),
      booking("elsewhere", { siteId: "site_park" }),
      booking("draft", { state: "draft" }),
      booking("ended", { state: "ended" }),
      booking("flying", { state: "nonconforming", startMs: nowMs }),
    ),
  ).toEqual(["now", "later", "flying"]);
});

test("a window counts from 15 minutes before it until just before 15 minutes after it", () => {
  expect(offered(booking("early", { startMs: nowMs + candidateMarginMs }))).toEqual(["early"]);
  expect(offered(booking("too early", { startMs: nowMs + candidateMarginMs + 1 }))).toEqual([]);
  expect(offered(booking("late", { endMs: nowMs - candidateMarginMs + 1 }))).toEqual(["late"]);
  expect(offered(booking("too late", { endMs: nowMs - candidateMarginMs }))).toEqual([]);
});

test("a flight that has ended takes bookings around it that stand or ended just now", () => {
  const flown = { armedAtMs: nowMs - 5 * hourMs, endedAtMs: nowMs - 4 * hourMs };
  const spans: [string, number, number, Booking["state"]][] = [
    ["over long ago", -6, -4, "ended"],
    ["overrun", -6, -4, "nonconforming"],
    ["stands", -5, 1, "accepted"],
    ["ended just now", -4, -0.2, "ended"],
    ["withdrawn", -5, 1, "withdrawn"],
    ["begins after it", -3, 1, "accepted"],
  ];
  const bookings = spans.map(([id, from, to, state]) =>
    booking(id, { startMs: nowMs + from * hourMs, endMs: nowMs + to * hourMs, state }),
  );
  expect(bindingCandidates(bookings, "site_pier", nowMs, flown).map(({ id }) => id)).toEqual([
    "overrun",
    "stands",
    "ended just now",
  ]);
});
