// What each reader is told of a drone that armed in another company's airspace.
import { describe, expect, test } from "vitest";
import type { Binding } from "../../../../../contract/wire/flight.ts";
import {
  alarmAsSeen,
  boundAsSeen,
  conditionAsSeen,
  type MaySee,
} from "../../../../../server/domain/flight/seen-part.ts";
import { alarmWith, conditionWith } from "../../../../support/alarm-samples.ts";

const everything: MaySee = () => true;
const of =
  (own: string): MaySee =>
  (organisationId) =>
    organisationId === own;
const [flier, entered, other] = [of("org_flier"), of("org_entered"), of("org_other")];

const wrongDrone: Binding = {
  kind: "wrongDrone",
  bookingId: "bkg_entered",
  enteredOrganisationId: "org_entered",
};

describe("the binding of a flight or a live status", () => {
  const seenBy = (maySee: MaySee, binding: Binding | null) =>
    boundAsSeen(maySee, { id: "flt_1", binding });

  test("names the booking entered to the control room and to whose booking it is", () => {
    const told = { id: "flt_1", binding: { kind: "wrongDrone", bookingId: "bkg_entered" } };
    expect(seenBy(everything, wrongDrone)).toEqual(told);
    expect(seenBy(entered, wrongDrone)).toEqual(told);
  });

  test("names no booking of another company, and not whose it is", () => {
    expect(seenBy(flier, wrongDrone)).toEqual({
      id: "flt_1",
      binding: { kind: "wrongDrone", bookingId: null },
    });
  });

  test("names none to companies where nobody kept whose it is", () => {
    const old: Binding = { kind: "wrongDrone", bookingId: "bkg_entered" };
    expect(seenBy(flier, old).binding?.bookingId).toBeNull();
    expect(seenBy(everything, old).binding?.bookingId).toBe("bkg_entered");
  });

  test("of a flight with its own booking, with none, or on the ground stays as it is", () => {
    for (const kind of ["booked", "early", "late", "byHand"] as const) {
      expect(seenBy(flier, { kind, bookingId: "bkg_own" }).binding?.bookingId).toBe("bkg_own");
    }
    expect(seenBy(flier, null).binding).toBeNull();
  });
});

describe("the alarm of a drone in another company's airspace", () => {
  const condition = conditionWith({
    kind: "wrongDrone",
    vehicleName: "Junk",
    sysid: 6,
    organisationId: "org_flier",
    bookingId: "bkg_entered",
    bookingTitle: "Flight b",
    contactPhone: "+852 5550 1234",
    pilotName: "Peter Wong",
    enteredOrganisationId: "org_entered",
  });
  const { enteredOrganisationId, ...told } = condition;

  test("names drone, booking and whom to call to the control room", () => {
    expect(enteredOrganisationId).toBe("org_entered");
    expect(conditionAsSeen(everything, condition)).toEqual(told);
  });

  test("tells the drone's company nothing of the booking", () => {
    const seen = conditionAsSeen(flier, condition);
    const nothing = { bookingId: null, bookingTitle: null, contactPhone: null, pilotName: null };
    expect(seen).toEqual({ ...told, ...nothing });
    expect(JSON.stringify(seen)).not.toMatch(/bkg_|Flight b|5550|Peter|org_entered/);
  });

  test("tells whose airspace it is where, how high and which booking, not which drone", () => {
    const seen = conditionAsSeen(entered, condition);
    expect(seen).toMatchObject({
      bookingId: "bkg_entered",
      bookingTitle: "Flight b",
      first: condition.first,
      vehicleKey: "",
      vehicleName: "",
      sysid: 0,
    });
    expect(JSON.stringify(seen)).not.toMatch(/Junk|org_flier|flt_1|local/);
  });

  test("reaches no third company, and of another alarm nobody but the drone's own", () => {
    expect(conditionAsSeen(other, condition)).toBeUndefined();
    const ceiling = conditionWith({ organisationId: "org_flier" });
    expect(conditionAsSeen(flier, ceiling)).toEqual(ceiling);
    expect(conditionAsSeen(entered, ceiling)).toBeUndefined();
  });

  test("is whole for a company whose own drone is in its own other booking", () => {
    const own = { ...condition, organisationId: "org_entered" };
    expect(conditionAsSeen(entered, own)).toEqual({ ...told, organisationId: "org_entered" });
  });

  test("is acknowledged for all who see it", () => {
    const alarm = { ...alarmWith({ shown: "acknowledged", eventNumber: 7 }), condition };
    expect(alarmAsSeen(entered, alarm)).toMatchObject({ shown: "acknowledged", eventNumber: 7 });
    expect(alarmAsSeen(other, alarm)).toBeUndefined();
  });
});
