// What people may do to sessions and flights by hand, as the telemetry flow is asked and answers.
// Asked through server/ingest/answer-asks.ts.
import type { AskedBinding, HandBinding } from "../domain/flight/flight-binding.ts";

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

export interface BindRequest extends AskedBinding {
  readonly flightId: string;
  /** Who asks. */
  readonly byUserId: string;
  readonly nowMs: number;
}

export type BindAnswer =
  | { readonly kind: "bound"; readonly flightId: string; readonly bookingId: string | null }
  | Extract<HandBinding, { kind: "refused" }>;
