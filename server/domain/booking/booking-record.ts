// A booking as it is kept, and as it is shown. Written and read by the store, shown by http and
// realtime.
import type { Booking, BookingState } from "../../../contract/wire/booking.ts";
import { holdingStates } from "../../../contract/wire/booking.ts";

/** A booking and the plan that carries it. */
export interface BookingRecord extends Omit<Booking, "inForce" | "dronesFlying"> {
  /** The first watch plan that holds it as it now stands; null while no plan does. */
  readonly planVersion: number | null;
}

/** True where a booking in this state keeps others out of its airspace and resources. */
export function holds(state: BookingState): boolean {
  return holdingStates.includes(state);
}

/** What of a booking is not kept with it, but stands elsewhere at the moment. */
export interface BookingSurroundings {
  /** The newest plan that ingest has acknowledged. */
  readonly planVersionInForce: number;
  /** How many drones of each booking fly now; bookings of which none does may be left out. */
  readonly dronesFlying: ReadonlyMap<string, number>;
}

/** The booking as people see it. */
export function shownBooking(
  record: BookingRecord,
  { planVersionInForce, dronesFlying }: BookingSurroundings,
): Booking {
  const { planVersion, ...booking } = record;
  const inForce = holds(record.state) && planVersion !== null && planVersion <= planVersionInForce;
  return { ...booking, inForce, dronesFlying: dronesFlying.get(record.id) ?? 0 };
}
