// Alarms for the tests of pages and server; each test changes what it is about.
import type { Alarm, AlarmCondition } from "../../contract/wire/alarm.ts";

export function conditionWith(changes: Partial<AlarmCondition> = {}): AlarmCondition {
  return {
    id: "alm_1",
    kind: "volumeCeiling",
    priority: "high",
    state: "standing",
    vehicleKey: "local/1",
    vehicleName: "Kestrel",
    sysid: 1,
    flightId: "flt_1",
    bookingId: "bkg_1",
    bookingTitle: "Pier survey",
    organisationId: "org_1",
    contactPhone: "+852 5550 1234",
    pilotName: "Chan Tai Man",
    siteId: "site_1",
    zoneId: null,
    zoneName: null,
    limit: { reference: "ABOVE_HOME", valueM: 120 },
    raisedAtMs: Date.UTC(2026, 10, 22, 6, 5, 9),
    lastRaisedAtMs: Date.UTC(2026, 10, 22, 6, 5, 9),
    returnedAtMs: null,
    count: 1,
    worse: false,
    worsenedAtMs: null,
    worsenedCount: 0,
    first: {
      position: { latDeg: 22.2588, lngDeg: 114.1262 },
      altitudeAmslM: 135,
      altitudeAboveHomeM: 132,
      excessM: 12,
    },
    worst: null,
    planVersion: 3,
    ...changes,
  };
}

export function alarmWith(
  changes: Partial<Omit<Alarm, "condition">> = {},
  condition: Partial<AlarmCondition> = {},
): Alarm {
  return {
    condition: conditionWith(condition),
    acknowledgement: null,
    shown: "unacknowledged",
    journalNumber: 1,
    eventNumber: 0,
    ...changes,
  };
}
