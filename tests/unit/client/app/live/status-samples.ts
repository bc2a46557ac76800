// Statuses and pictures for the tests of the live store.
import type { VehicleStatus } from "../../../../../contract/wire/live-status.ts";
import type { Picture } from "../../../../../contract/wire/realtime.ts";

export function statusWith(changes: Partial<VehicleStatus> = {}): VehicleStatus {
  return {
    liveId: 1,
    vehicleKey: "local/1",
    sysid: 1,
    sessionId: "ses_1",
    autopilotUid: null,
    isAmbiguous: false,
    aircraftId: "air_1",
    name: "Kestrel",
    organisationId: "org_1",
    modeName: "GUIDED",
    armed: true,
    landedState: "inAir",
    batteryPercent: 80,
    batteryV: 15.1,
    fixType: 3,
    satellites: 12,
    link: "live",
    lastHeartbeatAtMs: 0,
    lastText: null,
    flightId: "flt_1",
    binding: { kind: "booked", bookingId: "bkg_1" },
    bookingTitle: "Pier survey",
    conformance: "conforming",
    bookingId: "bkg_1",
    fence: { state: "unknown", readAtMs: null, why: "notRead" },
    transfer: null,
    ...changes,
  };
}

export function pictureWith(changes: Partial<Picture> = {}): Picture {
  return {
    journalNumber: 1,
    eventNumber: 0,
    sites: [],
    zones: [],
    vehicles: [statusWith()],
    traffic: [],
    alarms: [],
    commands: [],
    transfers: [],
    bookings: [],
    health: { ingestConnected: true, ingestAgeMs: 5, planVersionInForce: 1, planVersion: 1 },
    ...changes,
  };
}
