// The state of a booking, in words and by the weight of its mark; never by an alarm colour.
import "./booking-state-mark.css";
import type { Booking } from "../../contract/wire/booking.ts";
import { holdingStates } from "../../contract/wire/booking.ts";
import { bookMessages } from "../app/i18n/book-messages.ts";
import { useText } from "../app/i18n/language-context.ts";

export function BookingStateMark({ booking }: { readonly booking: Booking }) {
  const text = useText(bookMessages);
  const holds = holdingStates.includes(booking.state);
  return (
    <span className="booking-state" data-state={booking.state}>
      {text.state[booking.state]}
      {holds && !booking.inForce && (
        <span className="booking-state-note">{text.bookings.notInForce}</span>
      )}
    </span>
  );
}
