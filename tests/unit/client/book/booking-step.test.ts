import { expect, test } from "vitest";
import { shownState, stepFor } from "../../../../client/book/booking-step.ts";
import { bookingStateSchema } from "../../../../contract/wire/booking.ts";
import { mayDo } from "../../../../server/accounts/permissions.ts";
import { mayStep } from "../../../../server/domain/booking/operational-intent.ts";
import { bookingWith } from "./booking-samples.ts";

const own = { role: "operator", organisationId: "org_a" } as const;
const other = { role: "operator", organisationId: "org_b" } as const;
const controller = { role: "controller", organisationId: "org_site" } as const;
const admin = { role: "admin", organisationId: "org_site" } as const;
const pilot = { role: "pilot", organisationId: "org_a" } as const;
const landed = bookingWith({ state: "activated", dronesFlying: 0 });

test("a booking whose drones have landed is between flights, not flying", () => {
  expect(shownState(landed)).toBe("betweenFlights");
  expect(shownState({ ...landed, dronesFlying: 1 })).toBe("activated");
  expect(shownState(bookingWith({ state: "contingent" }))).toBe("contingent");
  expect(shownState(bookingWith())).toBe("accepted");
});

test("a landed booking may be ended by its own desk and by the control room", () => {
  expect([own, controller, admin].map((person) => stepFor(landed, person))).toEqual([
    "end",
    "end",
    "end",
  ]);
  expect([other, pilot].map((person) => stepFor(landed, person))).toEqual([undefined, undefined]);
});

test("while a drone of it is in the air nobody is offered to end a booking", () => {
  const flying = { ...landed, dronesFlying: 1 };
  expect([own, controller, admin].map((person) => stepFor(flying, person))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("a booking that was not flown is withdrawn, by its own desk or an admin", () => {
  const steps = [own, other, controller, admin].map((person) => stepFor(bookingWith(), person));
  expect(steps).toEqual(["withdraw", undefined, undefined, "withdraw"]);
});

test("no step is offered that the table of permissions or of states refuses", () => {
  for (const state of bookingStateSchema.options) {
    for (const person of [own, controller, admin, pilot]) {
      const step = stepFor(bookingWith({ state }), person);
      if (step === undefined) continue;
      expect(mayDo(person.role, `booking.${step}`)).toBe(true);
      expect(mayStep(state, step === "end" ? "ended" : "withdrawn")).toBe(true);
    }
  }
});
