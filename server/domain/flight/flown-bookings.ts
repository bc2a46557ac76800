// Bookings that are being flown stay in the plan that is judged by, whatever another plan holds:
// neither a limit nor a pilot's phone may vanish while the drone is in the air. Called by the
// telemetry flow for every new plan.
import { holdingStates } from "../../../contract/wire/booking.ts";
import type { PlannedBooking, WatchPlan } from "../../../contract/wire/watch-plan.ts";

/**
 * The new plan, with the bookings that open flights are bound to and that it lacks. They hold
 * nothing any more: no other flight is bound to them.
 *
 * @param before The plan that was judged by until now.
 */
export function withFlownBookings(
  plan: WatchPlan,
  before: WatchPlan,
  flownBookingIds: ReadonlySet<string>,
): WatchPlan {
  const known = new Set(plan.bookings.map(({ id }) => id));
  const kept = before.bookings.filter(({ id }) => flownBookingIds.has(id) && !known.has(id));
  if (kept.length === 0) return plan;
  return { ...plan, bookings: [...plan.bookings, ...kept.map(ended)] };
}

function ended(booking: PlannedBooking): PlannedBooking {
  return holdingStates.includes(booking.state) ? { ...booking, state: "ended" } : booking;
}
