// Handlers of an ingest that refuses whatever the web process asks.
import type { AskHandlers } from "../../server/cluster/ingest-ask.ts";

export const refusingAsks: AskHandlers = {
  closeSession: () => ({ kind: "refused", reason: "unknownSession" }),
  bindFlight: () => ({ kind: "refused", reason: "unknownBooking" }),
  setupSigning: () => ({ kind: "refused", reason: "noKey" }),
  signingState: () => ({ frames: "notHeard", mayBeArmed: false, setup: null }),
};
