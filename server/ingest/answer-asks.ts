// What the web process asks, done by the telemetry flow of this process. Called by the local pipe's
// server through server/ingest/main.ts.
import type { AskHandlers } from "../cluster/ingest-ask.ts";
import type { TelemetryFlow } from "../telemetry-flow.ts";
import type { OrderDesks } from "./order-desks.ts";
import type { SigningSetup } from "./signing-setup.ts";

export interface AnsweringPorts {
  readonly flow: Pick<TelemetryFlow, "closeSession" | "bindFlight">;
  readonly signing: Pick<SigningSetup, "start" | "state">;
  readonly desks: Pick<OrderDesks, "commands" | "missions">;
  readonly nowMs: () => number;
}

export function createAskHandlers({ flow, signing, desks, nowMs }: AnsweringPorts): AskHandlers {
  return {
    closeSession: ({ sessionId, byUserId }) =>
      flow.closeSession({ sessionId, byUserId, nowMs: nowMs() }),
    bindFlight: ({ flightId, bookingId, ownerId, byUserId }) =>
      flow.bindFlight({ flightId, bookingId, ownerId, byUserId, nowMs: nowMs() }),
    command: ({ notAfterMs, ...request }) =>
      nowMs() > notAfterMs
        ? { kind: "refused", reason: "tooLate" }
        : desks.commands.order(request, nowMs()),
    transfer: ({ notAfterMs, ...request }) =>
      nowMs() > notAfterMs
        ? { kind: "refused", reason: "tooLate" }
        : desks.missions.begin(request, nowMs()),
    cancelTransfer: ({ transferId }) =>
      desks.missions.cancel(transferId, nowMs()) ? { kind: "cancelled" } : { kind: "notOpen" },
    setupSigning: ({ aircraftId, act }) => signing.start(aircraftId, act, nowMs()),
    signingState: ({ aircraftId }) => signing.state(aircraftId, nowMs()),
  };
}
