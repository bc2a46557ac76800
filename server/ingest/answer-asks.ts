// What the web process asks, done by the telemetry flow of this process. Called by the local pipe's
// server through server/ingest/main.ts.
import type { AskHandlers } from "../cluster/ingest-ask.ts";
import type { TelemetryFlow } from "../telemetry-flow.ts";

export interface AnsweringPorts {
  readonly flow: Pick<TelemetryFlow, "closeSession" | "bindFlight">;
  readonly nowMs: () => number;
}

export function createAskHandlers({ flow, nowMs }: AnsweringPorts): AskHandlers {
  return {
    closeSession: ({ sessionId, byUserId }) =>
      flow.closeSession({ sessionId, byUserId, nowMs: nowMs() }),
    bindFlight: ({ flightId, bookingId, byUserId }) =>
      flow.bindFlight({ flightId, bookingId, byUserId, nowMs: nowMs() }),
  };
}
