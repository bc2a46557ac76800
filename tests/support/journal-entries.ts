// Journal entries of a made-up flight, for tests of what is projected from the journal.
import type { AlarmCondition } from "../../contract/wire/alarm.ts";
import type { FlightFigures } from "../../contract/wire/flight.ts";
import type { JournalEntry, JournalEvent } from "../../contract/wire/journal-event.ts";

/** What is heard is stamped to parts of a millisecond. */
export const armedAtMs = Date.UTC(2026, 10, 22, 2) + 0.5;

export const figures: FlightFigures = {
  samples: 10,
  maxAltitudeAmslM: 40,
  maxAltitudeAboveHomeM: 36,
  maxGroundSpeedMps: 8,
  distanceM: 500,
};

export const started: Extract<JournalEvent, { kind: "flightStarted" }> = {
  kind: "flightStarted",
  flightId: "flt_1",
  sessionId: "ses_1",
  vehicleKey: "sysid-1",
  sysid: 1,
  aircraftId: "air_1",
  aircraftName: "Heron 1",
  organisationId: "org_harbour",
  binding: { kind: "booked", bookingId: "bkg_1" },
  bookingTitle: "Survey",
  siteId: "site_pier",
  armedAtMs,
  planVersion: 3,
  zones: [{ id: "zone_area", version: 1 }],
};

export const bound: Extract<JournalEvent, { kind: "flightBound" }> = {
  kind: "flightBound",
  flightId: "flt_1",
  binding: { kind: "byHand", bookingId: "bkg_2" },
  bookingTitle: "Harbour round",
  organisationId: "org_island",
  byUserId: "usr_controller",
};

export const condition: AlarmCondition = {
  id: "alm_1",
  kind: "volumeLateral",
  priority: "high",
  state: "standing",
  vehicleKey: "sysid-1",
  vehicleName: "Heron 1",
  sysid: 1,
  flightId: "flt_1",
  bookingId: "bkg_1",
  bookingTitle: "Survey",
  organisationId: "org_harbour",
  contactPhone: "+852 1234 5678",
  pilotName: "Peter Wong",
  siteId: "site_pier",
  zoneId: null,
  zoneName: null,
  limit: null,
  raisedAtMs: armedAtMs + 20_000,
  lastRaisedAtMs: armedAtMs + 20_000,
  returnedAtMs: null,
  count: 1,
  worse: false,
  worsenedAtMs: null,
  worsenedCount: 0,
  first: null,
  worst: null,
  planVersion: 3,
};

export const landed: JournalEvent = {
  kind: "flightLanded",
  flightId: "flt_1",
  disarmedAtMs: armedAtMs + 60_000,
  figures,
};

export function sealed(flightId: string, sha256: string): JournalEvent {
  return {
    kind: "flightSealed",
    flightId,
    sessionId: "ses_1",
    fromByte: 100,
    toByte: 400,
    sha256,
    endedWithoutDisarming: false,
    figures,
  };
}

/** Numbered from 1, a second apart. */
export function journalOf(events: readonly JournalEvent[]): JournalEntry[] {
  return events.map((event, index) => ({
    node: "local",
    number: index + 1,
    atMs: armedAtMs + index * 1_000,
    event,
  }));
}

/** A flight from arming to its seal, with one alarm that was raised and returned. */
export const wholeFlight: readonly JournalEntry[] = journalOf([
  {
    kind: "sessionOpened",
    sessionId: "ses_1",
    vehicleKey: "sysid-1",
    sysid: 1,
    compid: 1,
    startMs: armedAtMs - 30_000,
  },
  started,
  { kind: "alarmChanged", condition },
  {
    kind: "conformanceChanged",
    flightId: "flt_1",
    bookingId: "bkg_1",
    state: "nonconforming",
    causes: ["volumeLateral"],
  },
  {
    kind: "alarmChanged",
    condition: { ...condition, state: "returned", returnedAtMs: armedAtMs + 30_000 },
  },
  {
    kind: "conformanceChanged",
    flightId: "flt_1",
    bookingId: "bkg_1",
    state: "conforming",
    causes: [],
  },
  landed,
  sealed("flt_1", "a".repeat(64)),
  { kind: "sessionClosed", sessionId: "ses_1", reason: "silent", recordBytes: 500 },
]);
