// ADSB_VEHICLE and AIS_VESSEL in domain words: what a receiver on a drone hears of other aircraft
// and of ships. Called by to-sample.ts. Fields that the message's flags call invalid end here.
// https://mavlink.io/en/messages/common.html#ADSB_VEHICLE and #AIS_VESSEL

import { plainLineOf } from "../../contract/wire/plain-text.ts";
import type { AircraftReport, VesselReport } from "../domain/flight/sample.ts";
import { charText } from "./char-text.ts";
import { fieldOffsets } from "./field-offsets.ts";
import { isKnownPosition, isPossibleHeight } from "./known-position.ts";

/** ADSB_FLAGS. */
const adsbFlag = {
  coordinates: 1,
  altitude: 2,
  heading: 4,
  velocity: 8,
  callsign: 16,
  squawk: 32,
  simulated: 64,
  verticalVelocity: 128,
} as const;

const adsb = fieldOffsets("ADSB_VEHICLE", [
  "ICAO_address",
  "lat",
  "lon",
  "altitude",
  "heading",
  "hor_velocity",
  "ver_velocity",
  "flags",
  "squawk",
  "altitude_type",
  "callsign",
  "emitter_type",
  "tslc",
]);
const adsbCallsignChars = 9;

/** Undefined for an aircraft whose place is not known. */
export function aircraftReport(
  view: DataView,
  sysid: number,
  compid: number,
): AircraftReport | undefined {
  const flags = view.getUint16(adsb.flags, true);
  const lat = view.getInt32(adsb.lat, true);
  const lon = view.getInt32(adsb.lon, true);
  const has = (flag: number): boolean => (flags & flag) !== 0;
  if (!has(adsbFlag.coordinates) || !isKnownPosition(lat, lon)) return undefined;
  const callsign = plainLineOf(charText(view, adsb.callsign, adsbCallsignChars)).trim();
  const squawk = String(view.getUint16(adsb.squawk, true)).padStart(4, "0");
  return {
    kind: "aircraft",
    sysid,
    compid,
    icaoAddress: view.getUint32(adsb.ICAO_address, true) & 0xffffff,
    latDeg: lat / 1e7,
    lngDeg: lon / 1e7,
    ageMs: view.getUint8(adsb.tslc) * 1000,
    ...(has(adsbFlag.altitude) && aircraftAltitude(view)),
    ...(has(adsbFlag.heading) && courseOf(view.getUint16(adsb.heading, true))),
    ...(has(adsbFlag.velocity) && {
      groundSpeedMps: view.getUint16(adsb.hor_velocity, true) / 100,
    }),
    ...(has(adsbFlag.verticalVelocity) && {
      climbMps: view.getInt16(adsb.ver_velocity, true) / 100,
    }),
    ...(has(adsbFlag.callsign) && callsign !== "" && { callsign }),
    ...(has(adsbFlag.squawk) && { squawk }),
    emitterType: view.getUint8(adsb.emitter_type),
    isSimulated: has(adsbFlag.simulated),
  };
}

function aircraftAltitude(view: DataView): Partial<AircraftReport> {
  const altitudeM = view.getInt32(adsb.altitude, true) / 1000;
  if (!isPossibleHeight(altitudeM)) return {};
  const altitudeType = view.getUint8(adsb.altitude_type); // ADSB_ALTITUDE_TYPE
  if (altitudeType === 0) return { altitudeQnhM: altitudeM };
  if (altitudeType === 1) return { altitudeGnssM: altitudeM };
  return { altitudeUnknownDatumM: altitudeM };
}

/** AIS_FLAGS. */
const aisFlag = { course: 2, velocity: 4, dimensions: 64, callsign: 2048, name: 4096 } as const;

const ais = fieldOffsets("AIS_VESSEL", [
  "MMSI",
  "lat",
  "lon",
  "COG",
  "heading",
  "velocity",
  "dimension_bow",
  "dimension_stern",
  "dimension_port",
  "dimension_starboard",
  "navigational_status",
  "type",
  "callsign",
  "name",
  "tslc",
  "flags",
]);
const aisCallsignChars = 7;
const aisNameChars = 20;

/** Undefined for a ship whose place is not known. */
export function vesselReport(
  view: DataView,
  sysid: number,
  compid: number,
): VesselReport | undefined {
  const flags = view.getUint16(ais.flags, true);
  const lat = view.getInt32(ais.lat, true);
  const lon = view.getInt32(ais.lon, true);
  const has = (flag: number): boolean => (flags & flag) !== 0;
  if (!isKnownPosition(lat, lon)) return undefined;
  const callsign = aisText(view, ais.callsign, aisCallsignChars);
  const name = aisText(view, ais.name, aisNameChars);
  const headingCdeg = view.getUint16(ais.heading, true);
  return {
    kind: "vessel",
    sysid,
    compid,
    mmsi: view.getUint32(ais.MMSI, true),
    latDeg: lat / 1e7,
    lngDeg: lon / 1e7,
    ageMs: view.getUint16(ais.tslc, true) * 1000,
    ...(has(aisFlag.course) && courseOf(view.getUint16(ais.COG, true))),
    // No flag tells; AIS itself says 511 degrees for a ship that does not know.
    ...(headingCdeg < 36_000 && { headingDeg: headingCdeg / 100 }),
    ...(has(aisFlag.velocity) && { groundSpeedMps: view.getUint16(ais.velocity, true) / 100 }),
    ...(has(aisFlag.dimensions) && vesselSize(view)),
    ...(has(aisFlag.callsign) && callsign !== "" && { callsign }),
    ...(has(aisFlag.name) && name !== "" && { name }),
    vesselType: view.getUint8(ais.type),
    navigationalStatus: view.getUint8(ais.navigational_status),
  };
}

function vesselSize(view: DataView): Partial<VesselReport> {
  return {
    lengthM: view.getUint16(ais.dimension_bow, true) + view.getUint16(ais.dimension_stern, true),
    beamM: view.getUint8(ais.dimension_port) + view.getUint8(ais.dimension_starboard),
  };
}

/** AIS fills unused characters with "@". */
function aisText(view: DataView, offset: number, chars: number): string {
  return (
    plainLineOf(charText(view, offset, chars))
      .split("@", 1)[0]
      ?.trim() ?? ""
  );
}

function courseOf(cdeg: number): { readonly courseDeg: number } | undefined {
  return cdeg <= 36_000 ? { courseDeg: (cdeg % 36_000) / 100 } : undefined;
}
