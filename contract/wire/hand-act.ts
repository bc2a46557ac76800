// What a controller does by hand to what is in the air, and the answers: closing a session, binding
// a flight. The flight as it then is follows on the pages' socket and in GET /flights.
import { z } from "zod";

/** POST /api/v1/flights/{id}/bind. Null takes back a binding by hand: what arming decided holds. */
export const bindSchema = z.strictObject({ bookingId: z.string().min(1).max(60).nullable() });

export const boundFlightSchema = z.strictObject({
  flightId: z.string(),
  bookingId: z.string().nullable(),
});

/** Answer to POST /api/v1/vehicles/live/{sessionId}/close. */
export const closedSessionSchema = z.strictObject({
  sessionId: z.string(),
  /** The flight that ended with the session; null where none was open. */
  flightId: z.string().nullable(),
});
