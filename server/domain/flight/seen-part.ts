// What of a flight, a live status or an alarm a reader is shown, where another company's booking is
// named in it: a drone that armed in a booked volume without being named. Called where these leave
// the server: by the pages' socket and the routers.
import type { Alarm, AlarmCondition } from "../../../contract/wire/alarm.ts";
import type { Binding } from "../../../contract/wire/flight.ts";

/** May the reader know of what belongs to the organisation? Null is nobody's. */
export type MaySee = (organisationId: string | null) => boolean;

/**
 * The same with a binding that names no booking the reader may not see. One of which nobody kept
 * whose it is counts as another's.
 */
export function boundAsSeen<Bound extends { readonly binding: Binding | null }>(
  maySee: MaySee,
  bound: Bound,
): Bound {
  const { binding } = bound;
  if (binding?.kind !== "wrongDrone") return bound;
  const { enteredOrganisationId = null, ...told } = binding;
  const bookingId = maySee(enteredOrganisationId) ? told.bookingId : null;
  return { ...bound, binding: { ...told, bookingId } };
}

/**
 * The condition as the reader is shown it; undefined where it concerns another's drone alone. Whose
 * booking was entered is told where, how high and which booking, but not which drone it was; whose
 * drone it is, not whose booking.
 */
export function conditionAsSeen(
  maySee: MaySee,
  condition: AlarmCondition,
): AlarmCondition | undefined {
  const { enteredOrganisationId = null, ...told } = condition;
  const seesDrone = maySee(told.organisationId);
  if (told.kind !== "wrongDrone") return seesDrone ? told : undefined;
  const seesBooking = maySee(enteredOrganisationId);
  if (seesDrone && seesBooking) return told;
  if (seesDrone) {
    return { ...told, bookingId: null, bookingTitle: null, contactPhone: null, pilotName: null };
  }
  if (!seesBooking) return undefined;
  const nameless = { vehicleKey: "", vehicleName: "", sysid: 0 };
  return { ...told, ...nameless, flightId: null, organisationId: null };
}

/** The alarm as the reader is shown it, by `conditionAsSeen`. */
export function alarmAsSeen(maySee: MaySee, alarm: Alarm): Alarm | undefined {
  const condition = conditionAsSeen(maySee, alarm.condition);
  return condition && { ...alarm, condition };
}
