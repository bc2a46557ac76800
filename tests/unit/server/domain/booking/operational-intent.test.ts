// The table of a booking's states.
import { expect, test } from "vitest";
import { bookingStateSchema } from "../../../../../contract/wire/booking.ts";
import {
  mayStep,
  stateWithout,
  telemetryPath,
  type StayingFlight,
} from "../../../../../server/domain/booking/operational-intent.ts";

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

const landedWell: StayingFlight = { isFlying: false, now: "conforming", worst: "conforming" };

test("a booking whose only flight is taken back is accepted again, or ended if it is over", () => {
  for (const from of ["activated", "nonconforming", "contingent"] as const) {
    expect(stateWithout(from, [], false), from).toBe("accepted");
    expect(stateWithout(from, [], true), from).toBe("ended");
  }
});

test("the flights that stay say what a booking is, and one that was contingent keeps it so", () => {
  const flying: StayingFlight = { ...landedWell, isFlying: true };
  const outside: StayingFlight = { isFlying: true, now: "nonconforming", worst: "nonconforming" };
  const wasContingent: StayingFlight = { ...landedWell, worst: "contingent" };
  expect(stateWithout("contingent", [landedWell], true)).toBe("activated");
  expect(stateWithout("contingent", [flying, landedWell], false)).toBe("activated");
  expect(stateWithout("contingent", [flying, outside], false)).toBe("nonconforming");
  expect(stateWithout("contingent", [flying, wasContingent], false)).toBe("contingent");
});

test("a state that no flight moved is left as it is", () => {
  const still = ["draft", "requested", "accepted", "ended", "withdrawn", "no-show"] as const;
  for (const from of still) expect(stateWithout(from, [], true), from).toBe(from);
});
