// What a person may do with a booking that stands, and the state it is shown in. Pure: the list of
// bookings and the Control page's time line ask it.
import type { Booking, BookingState } from "../../contract/wire/booking.ts";
import type { Person } from "../../contract/wire/account.ts";

/** Give it back before it began, or end it early once all has landed. */
export type BookingStep = "withdraw" | "end";

/** A booking that has been flown stays activated until it ends; on the ground that is no flying. */
export type ShownBookingState = BookingState | "betweenFlights";

const withdrawable: readonly BookingState[] = ["draft", "requested", "accepted"];
const endable: readonly BookingState[] = ["activated", "nonconforming", "contingent"];
/** As `booking.end` in server/accounts/permissions.ts. */
const everyBookingsEnders: readonly Person["role"][] = ["controller", "admin"];

/** The state in which a booking is shown: "flying" only while a drone of it is in the air. */
export function shownState({ state, dronesFlying }: Booking): ShownBookingState {
  return state === "activated" && dronesFlying === 0 ? "betweenFlights" : state;
}

/** What this person is offered; nothing while a drone of the booking is in the air. */
export function stepFor(
  { state, dronesFlying, organisationId }: Booking,
  person: Pick<Person, "role" | "organisationId">,
): BookingStep | undefined {
  const isOwn = person.role === "operator" && organisationId === person.organisationId;
  if (withdrawable.includes(state)) {
    return isOwn || person.role === "admin" ? "withdraw" : undefined;
  }
  if (!endable.includes(state) || dronesFlying > 0) return undefined;
  return isOwn || everyBookingsEnders.includes(person.role) ? "end" : undefined;
}
