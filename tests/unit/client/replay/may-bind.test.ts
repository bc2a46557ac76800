import { expect, test } from "vitest";
import type { Role } from "../../../../contract/wire/account.ts";
import type { Flight } from "../../../../contract/wire/flight.ts";
import { mayBind } from "../../../../client/replay/may-bind.ts";

const flightWith = (kind: Flight["binding"]["kind"], state: Flight["state"]): Flight =>
  ({ binding: { kind, bookingId: null }, state }) as Flight;

test("controllers and admins bind what ended without a booking; nobody else does", () => {
  const roles: Role[] = ["operator", "pilot", "controller", "admin"];
  const who = (flight: Flight): Role[] => roles.filter((role) => mayBind(flight, role));
  expect(who(flightWith("unbooked", "sealed"))).toEqual(["controller", "admin"]);
  expect(who(flightWith("wrongDrone", "landed"))).toEqual(["controller", "admin"]);
  expect(who(flightWith("byHand", "sealed"))).toEqual([]);
  expect(who(flightWith("booked", "landed"))).toEqual([]);
});

test("a flight in the air is bound in the control room, not in its replay", () => {
  expect(mayBind(flightWith("unbooked", "flying"), "controller")).toBe(false);
});
