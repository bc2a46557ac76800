// One holder of authority a drone: who it is by default, and who may do what about it.
import { expect, test } from "vitest";
import type { Role } from "../../../../../contract/wire/account.ts";
import {
  authorityAfter,
  authorityNow,
  authorityRights,
  holderOf,
  type AuthorityAct,
  type AuthorityFacts,
} from "../../../../../server/domain/flight/authority.ts";

const person = (id: string, role: Role, organisationId = "org_harbour") => {
  return { id, name: `Name of ${id}`, role, organisationId };
};
const operator = person("usr_operator", "operator");
const pilot = person("usr_pilot", "pilot");
const otherPilot = person("usr_other", "pilot");
const stranger = person("usr_stranger", "operator", "org_island");
const controller = person("usr_controller", "controller", "org_site");
const second = person("usr_second", "controller", "org_site");

const booking = { id: "bkg_1", pilotIds: ["usr_pilot"], pilotName: "Chan", siteMayCommand: true };
const facts: AuthorityFacts = { sessionId: "ses_1", organisationId: "org_harbour", booking };
const closed: AuthorityFacts = { ...facts, booking: { ...booking, siteMayCommand: false } };

let numbers = 0;
function act(
  kind: AuthorityAct["kind"],
  who: ReturnType<typeof person>,
  more: Partial<AuthorityAct> = {},
): AuthorityAct {
  const { id, name, role } = who;
  return {
    eventNumber: (numbers += 1),
    sessionId: "ses_1",
    bookingId: "bkg_1",
    kind,
    person: { id, name, role },
    byUserId: id,
    reason: "",
    atMs: 1_000,
    ...more,
  };
}

test("by default the booking's crew holds it: the company's operators and the named pilots", () => {
  expect(holderOf(undefined, facts)).toEqual({ kind: "crew", pilotName: "Chan" });
  expect(authorityRights(undefined, facts, operator).command).toBe("yes");
  expect(authorityRights(undefined, facts, pilot).command).toBe("yes");
  expect(authorityRights(undefined, facts, otherPilot).command).toBe("notHolder");
  expect(authorityRights(undefined, facts, stranger).command).toBe("notHolder");
  expect(authorityRights(undefined, facts, controller)).toEqual({
    command: "notHolder",
    request: true,
    grant: false,
    takeOver: true,
    giveBack: false,
  });
});

test("without a booking the company's operators alone hold it: no booking names a pilot", () => {
  const unbooked: AuthorityFacts = { ...facts, booking: undefined };
  expect(authorityRights(undefined, unbooked, operator).command).toBe("yes");
  expect(authorityRights(undefined, unbooked, pilot)).toMatchObject({
    command: "notHolder",
    request: false,
  });
});

test("a drone of nobody is nobody's, and one without a booking is not the site's", () => {
  const unknown: AuthorityFacts = { ...facts, organisationId: null, booking: undefined };
  expect(holderOf(undefined, unknown)).toEqual({ kind: "nobody" });
  expect(authorityRights(undefined, unknown, operator).command).toBe("notHolder");
  expect(authorityRights(undefined, unknown, controller)).toMatchObject({
    command: "callPilot",
    takeOver: false,
  });
});

test("where the booking says so the site only calls the pilot, whoever granted it", () => {
  const granted = authorityAfter(undefined, act("granted", controller));
  for (const state of [undefined, granted]) {
    expect(authorityRights(state, closed, controller)).toMatchObject({
      command: "callPilot",
      request: false,
      takeOver: false,
    });
  }
});

test("a takeover has one holder with its reason; the crew then asks, and is granted", () => {
  const taken = authorityAfter(undefined, act("tookOver", controller, { reason: "Fence breach" }));
  expect(holderOf(taken, facts)).toMatchObject({ kind: "person", userId: "usr_controller" });
  expect(taken.reason).toBe("Fence breach");
  expect(authorityRights(taken, facts, controller).command).toBe("yes");
  expect(authorityRights(taken, facts, pilot).command).toBe("notHolder");
  expect(authorityRights(taken, facts, second)).toMatchObject({ takeOver: true, grant: false });
  const asked = authorityAfter(taken, act("requested", pilot));
  expect(authorityRights(asked, facts, controller).grant).toBe(true);
  expect(authorityRights(asked, facts, pilot).grant).toBe(false);
  const granted = authorityAfter(asked, act("granted", pilot));
  expect(authorityRights(granted, facts, pilot).command).toBe("yes");
  expect(authorityRights(granted, facts, controller).command).toBe("notHolder");
  expect(authorityRights(granted, facts, operator).command).toBe("notHolder");
});

test("what is given back is the crew's again", () => {
  const taken = authorityAfter(undefined, act("tookOver", controller));
  expect(authorityRights(taken, facts, controller).giveBack).toBe(true);
  const back = authorityAfter(taken, act("gaveBack", controller));
  expect(holderOf(back, facts).kind).toBe("crew");
  expect(authorityRights(back, facts, operator)).toMatchObject({ command: "yes", giveBack: false });
});

test("a question lapses after two minutes, and authority ends with the booking", () => {
  const asked = authorityAfter(undefined, act("requested", controller, { atMs: 1_000 }));
  expect(authorityNow(asked, facts, 120_999)?.request).toBeDefined();
  expect(authorityNow(asked, facts, 121_000)?.request).toBeUndefined();
  const taken = authorityAfter(undefined, act("tookOver", controller));
  const next: AuthorityFacts = { ...facts, booking: { ...booking, id: "bkg_2" } };
  expect(authorityNow(taken, next, 1_000)).toBeUndefined();
  const later = authorityAfter(taken, act("requested", pilot, { bookingId: "bkg_2" }));
  expect(later.holder).toBeUndefined();
});

test("an act that was known already, or is older, changes nothing", () => {
  const first = act("tookOver", controller);
  const after = authorityAfter(authorityAfter(undefined, first), act("granted", pilot));
  expect(authorityAfter(after, first)).toBe(after);
});
