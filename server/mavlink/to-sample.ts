// One MAVLink frame in domain words and SI units: the step between the wire and every judgement.
// MAVLink's own ways end here: sentinels, 0/0 before a fix, scaled integers, climb positive down.

import { plainLineOf } from "../../contract/wire/plain-text.ts";
import type { Sample } from "../domain/flight/sample.ts";
import { isAutopilotHeartbeat } from "./autopilot-heartbeat.ts";
import { charBytes, charText } from "./char-text.ts";
import { definitionNamed } from "./dialect.ts";
import { fieldOffsets } from "./field-offsets.ts";
import { flightModeName } from "./flight-mode.ts";
import type { FrameView } from "./frame-reader.ts";
import {
  isImpossiblePlace,
  isKnownPosition,
  isPossibleHeight,
  isPossibleSpeed,
} from "./known-position.ts";
import { fieldOf } from "./message-definition.ts";
import { payloadOf } from "./payload-view.ts";
import { aircraftReport, vesselReport } from "./traffic-report.ts";

const uint16Unknown = 0xffff;
const degPerRad = 180 / Math.PI;

type Converter = (view: DataView, sysid: number, compid: number) => Sample | undefined;

const converters = new Map<number, Converter>();

/**
 * What the frame says, or undefined for a message that nothing is judged by, for a position that is
 * not known yet, and for a source that cannot be a vehicle (system id 0 is the broadcast address).
 */
export function toSample(frame: FrameView): Sample | undefined {
  const convert = converters.get(frame.messageId);
  if (!convert || frame.sysid === 0) return undefined;
  return convert(payloadOf(frame), frame.sysid, frame.compid);
}

function convertMessage(message: string, convert: Converter): void {
  converters.set(definitionNamed(message).id, convert);
}

const armedFlag = 0x80; // MAV_MODE_FLAG_SAFETY_ARMED
const heartbeat = fieldOffsets("HEARTBEAT", [
  "custom_mode",
  "type",
  "autopilot",
  "base_mode",
  "system_status",
]);

convertMessage("HEARTBEAT", (view, sysid, compid) => {
  const vehicleType = view.getUint8(heartbeat.type);
  const autopilot = view.getUint8(heartbeat.autopilot);
  const customMode = view.getUint32(heartbeat.custom_mode, true);
  return {
    kind: "heartbeat",
    sysid,
    compid,
    isAutopilot: isAutopilotHeartbeat(compid, vehicleType, autopilot),
    vehicleType,
    autopilot,
    armed: (view.getUint8(heartbeat.base_mode) & armedFlag) !== 0,
    modeName: flightModeName(autopilot, vehicleType, customMode),
    customMode,
    systemStatus: view.getUint8(heartbeat.system_status),
  };
});

const position = fieldOffsets("GLOBAL_POSITION_INT", [
  "time_boot_ms",
  "lat",
  "lon",
  "alt",
  "relative_alt",
  "vx",
  "vy",
  "vz",
  "hdg",
]);

convertMessage("GLOBAL_POSITION_INT", (view, sysid, compid) => {
  const lat = view.getInt32(position.lat, true);
  const lon = view.getInt32(position.lon, true);
  if (isImpossiblePlace(lat, lon)) return { kind: "impossible", sysid, compid };
  if (!isKnownPosition(lat, lon)) return undefined;
  const heading = view.getUint16(position.hdg, true);
  const northCmps = view.getInt16(position.vx, true);
  const eastCmps = view.getInt16(position.vy, true);
  const groundSpeedMps = Math.sqrt(northCmps * northCmps + eastCmps * eastCmps) / 100;
  // MAVLink's vz is positive down; 0 - v, so that level flight is 0 and not -0.
  const climbMps = (0 - view.getInt16(position.vz, true)) / 100;
  const altitudeAmslM = view.getInt32(position.alt, true) / 1000;
  const altitudeAboveHomeM = view.getInt32(position.relative_alt, true) / 1000;
  const isPossible =
    isPossibleHeight(altitudeAmslM) &&
    isPossibleHeight(altitudeAboveHomeM) &&
    isPossibleSpeed(groundSpeedMps) &&
    isPossibleSpeed(climbMps);
  if (!isPossible) return { kind: "impossible", sysid, compid };
  return {
    kind: "position",
    sysid,
    compid,
    timeBootMs: view.getUint32(position.time_boot_ms, true),
    latDeg: lat / 1e7,
    lngDeg: lon / 1e7,
    altitudeAmslM,
    altitudeAboveHomeM,
    groundSpeedMps,
    climbMps,
    ...(heading < uint16Unknown && { headingDeg: (heading % 36000) / 100 }),
  };
});

const systemStatus = fieldOffsets("SYS_STATUS", [
  "voltage_battery",
  "current_battery",
  "battery_remaining",
]);

convertMessage("SYS_STATUS", (view, sysid, compid) => {
  const milliVolts = view.getUint16(systemStatus.voltage_battery, true);
  const centiAmps = view.getInt16(systemStatus.current_battery, true);
  const percent = view.getInt8(systemStatus.battery_remaining);
  return {
    kind: "systemStatus",
    sysid,
    compid,
    ...(milliVolts !== uint16Unknown && { batteryV: milliVolts / 1000 }),
    ...(centiAmps !== -1 && { batteryA: centiAmps / 100 }),
    ...(percent >= 0 && percent <= 100 && { batteryPercent: percent }),
  };
});

const gnss = fieldOffsets("GPS_RAW_INT", ["fix_type", "satellites_visible", "h_acc"]);

convertMessage("GPS_RAW_INT", (view, sysid, compid) => {
  const satellites = view.getUint8(gnss.satellites_visible);
  // An extension field: a sender without it, or without a figure, leaves zero.
  const accuracyMm = view.getUint32(gnss.h_acc, true);
  return {
    kind: "gnss",
    sysid,
    compid,
    fixType: view.getUint8(gnss.fix_type),
    ...(satellites !== 0xff && { satellites }),
    ...(accuracyMm > 0 && accuracyMm < 0xffffffff && { horizontalAccuracyM: accuracyMm / 1000 }),
  };
});

const landedStates = ["undefined", "onGround", "inAir", "takeoff", "landing"] as const;
const extendedState = fieldOffsets("EXTENDED_SYS_STATE", ["landed_state"]);

convertMessage("EXTENDED_SYS_STATE", (view, sysid, compid) => {
  const landedState = landedStates[view.getUint8(extendedState.landed_state)] ?? "undefined";
  return { kind: "landedState", sysid, compid, landedState };
});

const attitude = fieldOffsets("ATTITUDE", ["time_boot_ms", "roll", "pitch", "yaw"]);

convertMessage("ATTITUDE", (view, sysid, compid) => {
  const rollDeg = view.getFloat32(attitude.roll, true) * degPerRad;
  const pitchDeg = view.getFloat32(attitude.pitch, true) * degPerRad;
  const yawDeg = view.getFloat32(attitude.yaw, true) * degPerRad;
  if (!Number.isFinite(rollDeg + pitchDeg + yawDeg)) return undefined;
  return {
    kind: "attitude",
    sysid,
    compid,
    timeBootMs: view.getUint32(attitude.time_boot_ms, true),
    rollDeg,
    pitchDeg,
    yawDeg: normalHeadingDeg(yawDeg),
  };
});

/** The same direction as 0 <= heading < 360. */
function normalHeadingDeg(angleDeg: number): number {
  const turned = ((angleDeg % 360) + 360) % 360;
  return turned === 0 ? 0 : turned;
}

const systemTime = fieldOffsets("SYSTEM_TIME", ["time_unix_usec", "time_boot_ms"]);

convertMessage("SYSTEM_TIME", (view, sysid, compid) => {
  const unixUs = Number(view.getBigUint64(systemTime.time_unix_usec, true));
  return {
    kind: "systemTime",
    sysid,
    compid,
    timeBootMs: view.getUint32(systemTime.time_boot_ms, true),
    ...(unixUs > 0 && { vehicleUnixMs: Math.floor(unixUs / 1000) }),
  };
});

const statusText = fieldOffsets("STATUSTEXT", ["severity", "text", "id", "chunk_seq"]);
const statusTextChars = fieldOf(definitionNamed("STATUSTEXT"), "text").arrayLength;

convertMessage("STATUSTEXT", (view, sysid, compid) => {
  const id = view.getUint16(statusText.id, true);
  const text = plainLineOf(charText(view, statusText.text, statusTextChars));
  const severity = Math.min(7, view.getUint8(statusText.severity));
  if (id === 0) return { kind: "statusText", sysid, compid, severity, text };
  const bytes = charBytes(view, statusText.text, statusTextChars);
  const index = view.getUint8(statusText.chunk_seq);
  // A NUL in a chunk says that it is the last one.
  const chunk = { id, index, isLast: bytes.length < statusTextChars, bytes };
  return { kind: "statusText", sysid, compid, severity, text, chunk };
});

const home = fieldOffsets("HOME_POSITION", ["latitude", "longitude", "altitude"]);

convertMessage("HOME_POSITION", (view, sysid, compid) => {
  const lat = view.getInt32(home.latitude, true);
  const lon = view.getInt32(home.longitude, true);
  const altitudeAmslM = view.getInt32(home.altitude, true) / 1000;
  if (isImpossiblePlace(lat, lon) || !isPossibleHeight(altitudeAmslM)) {
    return { kind: "impossible", sysid, compid };
  }
  if (!isKnownPosition(lat, lon)) return undefined;
  return {
    kind: "home",
    sysid,
    compid,
    latDeg: lat / 1e7,
    lngDeg: lon / 1e7,
    altitudeAmslM,
  };
});

convertMessage("ADSB_VEHICLE", aircraftReport);
convertMessage("AIS_VESSEL", vesselReport);

const autopilotVersion = fieldOffsets("AUTOPILOT_VERSION", ["uid", "uid2"]);
const uidBytes = 8;
const uid2Bytes = fieldOf(definitionNamed("AUTOPILOT_VERSION"), "uid2").arrayLength;

convertMessage("AUTOPILOT_VERSION", (view, sysid, compid) => {
  // `uid2` stands above `uid` where an autopilot knows it; all zeros is none.
  const autopilotUid =
    hexOf(view, autopilotVersion.uid2, uid2Bytes) ?? hexOf(view, autopilotVersion.uid, uidBytes);
  return { kind: "autopilotVersion", sysid, compid, ...(autopilotUid && { autopilotUid }) };
});

/** The bytes in hex; undefined where all are zero. */
function hexOf(view: DataView, offset: number, length: number): string | undefined {
  const bytes = Array.from({ length }, (_, index) => view.getUint8(offset + index));
  if (bytes.every((byte) => byte === 0)) return undefined;
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
