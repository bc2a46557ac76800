// How many drones of each booking are in the air. Asked by whoever shows bookings: the routers, the
// pages' picture and the live desk.
import { movedBookingId, type FlightRecord } from "./flight-record.ts";

/** By booking id; a booking of which no drone flies is not in it. */
export function dronesFlyingByBooking(
  flights: readonly FlightRecord[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const record of flights) {
    const bookingId = record.flight.state === "flying" ? movedBookingId(record) : undefined;
    if (bookingId !== undefined) counts.set(bookingId, (counts.get(bookingId) ?? 0) + 1);
  }
  return counts;
}
