// The table of a booking's states.
import { expect, test } from "vitest";
import { bookingStateSchema } from "../../../../../contract/wire/booking.ts";
import { mayStep, telemetryPath } from "../../../../../server/domain/booking/operational-intent.ts";

const states = bookingStateSchema.options;

test("the legal steps are these and no others", () => {
  const legal = states.flatMap((from) =>
    states.filter((to) => mayStep(from, to)).map((to) => `${from} > ${to}`),
  );
  expect(legal).toEqual([
    "draft > requested",
    "draft > withdrawn",
    "requested > accepted",
    "requested > withdrawn",
    "requested > rejected",
    "accepted > requested",
    "accepted > activated",
    "accepted > ended",
    "accepted > withdrawn",
    "accepted > rejected",
    "accepted > no-show",
    "activated > nonconforming",
    "activated > ended",
    "nonconforming > activated",
    "nonconforming > contingent",
    "nonconforming > ended",
    "contingent > ended",
  ]);
});

test("telemetry climbs rung by rung, comes back from nonconforming, never from contingent", () => {
  expect(telemetryPath("accepted", "activated")).toEqual(["activated"]);
  expect(telemetryPath("accepted", "nonconforming")).toEqual(["activated", "nonconforming"]);
  expect(telemetryPath("activated", "contingent")).toEqual(["nonconforming", "contingent"]);
  expect(telemetryPath("nonconforming", "activated")).toEqual(["activated"]);
  expect(telemetryPath("contingent", "activated")).toEqual([]);
  expect(telemetryPath("activated", "activated")).toEqual([]);
});

test("telemetry moves only bookings that hold airspace", () => {
  for (const from of ["draft", "requested", "ended", "withdrawn", "rejected", "no-show"] as const) {
    expect(telemetryPath(from, "activated"), from).toEqual([]);
  }
});
