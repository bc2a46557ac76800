// Whose a flight is before somebody binds it by hand.
import { expect, test } from "vitest";
import { ownerOfFlight } from "../../../../../server/domain/flight/flight-owner.ts";

const registry = [{ id: "air_1", organisationId: "org_a" }];
const unbooked = { kind: "unbooked", bookingId: null } as const;
const byHand = { kind: "byHand", bookingId: "bkg_1" } as const;

test("a flight is its aircraft's company's, even after it was bound to another's booking", () => {
  const flight = { aircraftId: "air_1", organisationId: "org_b", binding: byHand };
  expect(ownerOfFlight(flight, registry)).toBe("org_a");
});

test("an unknown aircraft flies for whom it did at arming; once bound by hand for nobody", () => {
  const flight = { aircraftId: null, organisationId: "org_c", binding: unbooked };
  expect(ownerOfFlight(flight, registry)).toBe("org_c");
  expect(ownerOfFlight({ ...flight, binding: byHand }, registry)).toBeNull();
});
