// The table of who may do what.
import { expect, test } from "vitest";
import type { Role } from "../../../../contract/wire/account.ts";
import { mayDo, maySeeOrganisation } from "../../../../server/accounts/permissions.ts";

const person = (role: Role) => ({
  id: "usr_1",
  name: "",
  email: "",
  role,
  organisationId: "org_a",
  organisationName: "",
  phone: "",
});

test("operators book, controllers decide, pilots watch, admins may both", () => {
  const who = (action: Parameters<typeof mayDo>[1]) =>
    (["operator", "controller", "pilot", "admin"] as const).filter((role) => mayDo(role, action));
  expect(who("booking.create")).toEqual(["operator", "admin"]);
  expect(who("booking.accept")).toEqual(["controller", "admin"]);
  expect(who("booking.check-in")).toEqual(["operator", "pilot", "admin"]);
  expect(who("alarm.acknowledge")).toEqual(["controller", "admin"]);
  expect(who("vehicle.closeSession")).toEqual(["controller", "admin"]);
  expect(who("flight.bind")).toEqual(["controller", "admin"]);
  expect(who("flight.read")).toEqual(["operator", "controller", "pilot", "admin"]);
});

test("only the control room sees other organisations' things, and what is nobody's", () => {
  for (const role of ["operator", "pilot"] as const) {
    expect(maySeeOrganisation(person(role), "org_a")).toBe(true);
    expect(maySeeOrganisation(person(role), "org_b")).toBe(false);
    expect(maySeeOrganisation(person(role), null)).toBe(false);
  }
  for (const role of ["controller", "admin"] as const) {
    expect(maySeeOrganisation(person(role), "org_b")).toBe(true);
    expect(maySeeOrganisation(person(role), null)).toBe(true);
  }
});
