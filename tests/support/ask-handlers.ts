// Handlers of an ingest that refuses whatever the web process asks.
import type { AskHandlers } from "../../server/cluster/ingest-ask.ts";

export const refusingAsks: AskHandlers = {
  closeSession: () => ({ kind: "refused", reason: "unknownSession" }),
  bindFlight: () => ({ kind: "refused", reason: "unknownBooking" }),
  command: () => ({ kind: "refused", reason: "unknownVehicle" }),
  transfer: () => ({ kind: "refused", reason: "unknownVehicle" }),
  cancelTransfer: () => ({ kind: "notOpen" }),
  setupSigning: () => ({ kind: "refused", reason: "noKey" }),
  signingState: () => ({ frames: "notHeard", mayBeArmed: false, setup: null }),
};
