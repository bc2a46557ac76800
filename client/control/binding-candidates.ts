// Which bookings a controller is offered for a flight that has none of its own. Pure; called by
// bind-flight.tsx.
import { holdingStates, type Booking } from "../../contract/wire/booking.ts";

/** A booking is offered from so long before its start until so long after its end. */
export const candidateMarginMs = 15 * 60_000;

/** Standing bookings of the site whose window holds the moment or nearly does, by start. */
export function bindingCandidates(
  bookings: Iterable<Booking>,
  siteId: string | undefined,
  nowMs: number,
): Booking[] {
  return [...bookings]
    .filter((booking) => booking.siteId === siteId && holdingStates.includes(booking.state))
    .filter(({ startMs, endMs }) => {
      return startMs - candidateMarginMs <= nowMs && nowMs < endMs + candidateMarginMs;
    })
    .sort((a, b) => a.startMs - b.startMs || a.title.localeCompare(b.title, "en"));
}
