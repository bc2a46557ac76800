// What people may do to sessions and flights by hand, as the telemetry flow is asked and answers.
// Asked through server/ingest/answer-asks.ts.
import type { HandBinding } from "../domain/flight/flight-binding.ts";

export interface CloseRequest {
  readonly sessionId: string;
  /** Who asks. */
  readonly byUserId: string;
  readonly nowMs: number;
}

/** `flightId`: the flight that ended with the session; null where none was open. */
export type CloseAnswer =
  | { readonly kind: "closed"; readonly sessionId: string; readonly flightId: string | null }
  | { readonly kind: "refused"; readonly reason: "unknownSession" | "stillHeard" };

export interface BindRequest {
  readonly flightId: string;
  readonly bookingId: string;
  /** Who asks. */
  readonly byUserId: string;
  readonly nowMs: number;
}

export type BindAnswer =
  | { readonly kind: "bound"; readonly flightId: string; readonly bookingId: string }
  | Extract<HandBinding, { kind: "refused" }>;
