// One aircraft and one ship as pages are told of them.
import type { TrafficContact } from "../../contract/wire/traffic.ts";

type Aircraft = Extract<TrafficContact, { kind: "aircraft" }>;
type Vessel = Extract<TrafficContact, { kind: "vessel" }>;

export const heardByKestrel = { sysid: 1, vehicleName: "Kestrel", organisationId: "org_a" };

export function aircraftWith(changes: Partial<Aircraft> = {}): Aircraft {
  return {
    kind: "aircraft",
    key: "icao:780A1B",
    position: { latDeg: 22.2601, lngDeg: 114.1302 },
    courseDeg: 90,
    groundSpeedMps: 62.4,
    callsign: "GFS21",
    ageMs: 1_000,
    heardBy: heardByKestrel,
    altitude: { altitudeM: 210, datum: "QNH" },
    climbMps: -1.5,
    squawk: "5301",
    emitterType: 7,
    isSimulated: false,
    ...changes,
  };
}

export function vesselWith(changes: Partial<Vessel> = {}): Vessel {
  return {
    kind: "vessel",
    key: "mmsi:477123456",
    position: { latDeg: 22.2573, lngDeg: 114.1268 },
    courseDeg: null,
    groundSpeedMps: 4.1,
    callsign: null,
    ageMs: 12_000,
    heardBy: null,
    name: "SEA SWIFT",
    headingDeg: 210,
    vesselType: 60,
    lengthM: 28,
    beamM: 8,
    ...changes,
  };
}
