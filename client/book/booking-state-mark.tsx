// The state of a booking, in words and by the weight of its mark; never by an alarm colour.
import "./booking-state-mark.css";
import type { Booking } from "../../contract/wire/booking.ts";
import { holdingStates } from "../../contract/wire/booking.ts";
import { bookMessages } from "../app/i18n/book-messages.ts";
import { useText } from "../app/i18n/language-context.ts";
import { shownState } from "./booking-step.ts";

export function BookingStateMark({ booking }: { readonly booking: Booking }) {
  const text = useText(bookMessages);
  const state = shownState(booking);
  const holds = holdingStates.includes(booking.state);
  return (
    <span className="booking-state" data-state={state}>
      {text.state[state]}
      {holds && !booking.inForce && (
        <span className="booking-state-note">{text.bookings.notInForce}</span>
      )}
    </span>
  );
}
