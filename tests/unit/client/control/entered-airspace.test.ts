// Whose airspace a drone is in that the booking there does not name, in words.
import { expect, test } from "vitest";
import type { Booking } from "../../../../contract/wire/booking.ts";
import { alarmMessages } from "../../../../client/app/i18n/alarm-messages.ts";
import { enteredAirspace } from "../../../../client/control/entered-airspace.ts";

const text = alarmMessages.en;
const booking = { title: "Flight b", organisationName: "Harbour Robotics" } as Booking;

test("a wrong drone is in the airspace of a booking with its company", () => {
  const binding = { kind: "wrongDrone", bookingId: "bkg_1" } as const;
  expect(enteredAirspace(binding, booking, text)).toBe(
    "in the airspace of Flight b (Harbour Robotics)",
  );
  expect(enteredAirspace(binding, booking, alarmMessages.zhHant)).toContain("Harbour Robotics");
});

test("where the booking is not shown to the reader it is another's", () => {
  const binding = { kind: "wrongDrone", bookingId: null } as const;
  expect(enteredAirspace(binding, undefined, text)).toBe("in the airspace of another booking");
});

test("a flight on its own booking, on none, or none at all has entered nobody's airspace", () => {
  for (const kind of ["booked", "byHand", "unbooked"] as const) {
    expect(enteredAirspace({ kind, bookingId: null }, booking, text)).toBeUndefined();
  }
  expect(enteredAirspace(null, booking, text)).toBeUndefined();
});
