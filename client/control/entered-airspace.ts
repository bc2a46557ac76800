// Whose airspace a drone is in that the booking there does not name: in words. Pure; called by the
// alarm's texts, the drone's panel with its questions, and the facts of a recorded flight.
import type { Booking } from "../../contract/wire/booking.ts";
import type { Binding } from "../../contract/wire/flight.ts";
import type { alarmMessages } from "../app/i18n/alarm-messages.ts";

type AirspaceTexts = Pick<
  (typeof alarmMessages)["en"],
  "inAirspaceOf" | "inAnothersAirspace" | "titleOf"
>;

/** Title and company of a booking; the company is undefined where nobody told it. */
export interface NamedBooking {
  readonly title: string;
  readonly organisationName?: string | undefined;
}

/**
 * "in the airspace of Pier survey (Harbour Robotics)".
 *
 * @param booking Undefined where the reader may not see it, or it is of another day.
 */
export function airspaceText(booking: NamedBooking | undefined, text: AirspaceTexts): string {
  if (booking === undefined) return text.inAnothersAirspace;
  const { title, organisationName } = booking;
  return text.inAirspaceOf(
    organisationName === undefined ? title : text.titleOf(title, organisationName),
  );
}

/**
 * The same for a flight's binding; undefined where it entered no booked airspace.
 *
 * @param booking The one that the binding names.
 */
export function enteredAirspace(
  binding: Binding | null,
  booking: Booking | undefined,
  text: AirspaceTexts,
): string | undefined {
  return binding?.kind === "wrongDrone" ? airspaceText(booking, text) : undefined;
}
