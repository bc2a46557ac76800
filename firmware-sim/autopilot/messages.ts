// The simulated vehicle's state and answers as MAVLink messages, of the library's classes, so that
// the server's own decoder is not judged by its own code. Called by the session.
import { common, minimal, type MavLinkData } from "mavlink-mappings";
import { copterMode, isOnGround, positionKnownAfterMs, type Autopilot } from "./autopilot.ts";
import { toPosition, type Home } from "../vehicle/home.ts";

const armedBit = 128;
const guidedBaseMode = 89;
const stabilizeBaseMode = 81;
/** Its heartbeats say "boot" for so long. */
const bootingMs = 2_000;

export function heartbeat(autopilot: Autopilot): MavLinkData {
  const message = new minimal.Heartbeat();
  const base = autopilot.mode === "STABILIZE" ? stabilizeBaseMode : guidedBaseMode;
  message.type = minimal.MavType.QUADROTOR;
  message.autopilot = minimal.MavAutopilot.ARDUPILOTMEGA;
  // A set of bits, which the library types as one flag.
  Object.assign(message, { baseMode: base + (autopilot.armed ? armedBit : 0) });
  message.customMode = copterMode[autopilot.mode];
  message.systemStatus = stateOf(autopilot);
  message.mavlinkVersion = 3;
  return message;
}

function stateOf(autopilot: Autopilot): minimal.MavState {
  if (!isOnGround(autopilot)) return minimal.MavState.ACTIVE;
  return autopilot.sinceBootMs < bootingMs ? minimal.MavState.BOOT : minimal.MavState.STANDBY;
}

/** One streamed message by id; undefined for ids this vehicle does not have. */
export function streamed(id: number, autopilot: Autopilot, home: Home): MavLinkData | undefined {
  switch (id) {
    case 1:
      return systemStatus(autopilot);
    case 24:
      return gpsRaw(autopilot, home);
    case 30:
      return attitude(autopilot);
    case 33:
      return globalPosition(autopilot, home);
    case 245:
      return extendedState(autopilot);
    default:
      return undefined;
  }
}

function systemStatus(autopilot: Autopilot): MavLinkData {
  const message = new common.SysStatus();
  message.voltageBattery = Math.round(10_500 + autopilot.batteryPercent * 21);
  message.currentBattery = autopilot.armed ? 1800 : 60;
  message.batteryRemaining = Math.round(autopilot.batteryPercent);
  return message;
}

function gpsRaw(autopilot: Autopilot, home: Home): MavLinkData {
  const message = new common.GpsRawInt();
  const known = autopilot.sinceBootMs >= positionKnownAfterMs;
  message.timeUsec = BigInt(Math.round(autopilot.sinceBootMs * 1000));
  message.fixType = known ? common.GpsFixType.GPS_FIX_TYPE_3D_FIX : common.GpsFixType.NO_GPS;
  message.eph = known ? 90 : 65_535;
  message.epv = known ? 120 : 65_535;
  message.satellitesVisible = known ? 12 : 0;
  if (known) {
    const at = toPosition(home, autopilot.mass);
    message.lat = Math.round(at.latDeg * 1e7);
    message.lon = Math.round(at.lngDeg * 1e7);
    message.alt = Math.round((home.altitudeAmslM + autopilot.mass.upM) * 1000);
  }
  return message;
}

function attitude(autopilot: Autopilot): MavLinkData {
  const message = new common.Attitude();
  message.timeBootMs = Math.round(autopilot.sinceBootMs);
  const yawDeg = autopilot.mass.headingDeg;
  message.yaw = ((yawDeg > 180 ? yawDeg - 360 : yawDeg) * Math.PI) / 180;
  const speedMps = Math.hypot(autopilot.mass.northMps, autopilot.mass.eastMps);
  message.pitch = -0.02 * speedMps;
  return message;
}

function globalPosition(autopilot: Autopilot, home: Home): MavLinkData {
  const message = new common.GlobalPositionInt();
  message.timeBootMs = Math.round(autopilot.sinceBootMs);
  if (autopilot.sinceBootMs < positionKnownAfterMs) return message;
  const { mass } = autopilot;
  const at = toPosition(home, mass);
  message.lat = Math.round(at.latDeg * 1e7);
  message.lon = Math.round(at.lngDeg * 1e7);
  message.alt = Math.round((home.altitudeAmslM + mass.upM) * 1000);
  message.relativeAlt = Math.round(mass.upM * 1000);
  message.vx = Math.round(mass.northMps * 100);
  message.vy = Math.round(mass.eastMps * 100);
  message.vz = Math.round(-mass.climbMps * 100);
  message.hdg = Math.round(mass.headingDeg * 100) % 36_000;
  return message;
}

function extendedState(autopilot: Autopilot): MavLinkData {
  const message = new common.ExtendedSysState();
  message.landedState = isOnGround(autopilot)
    ? common.MavLandedState.ON_GROUND
    : common.MavLandedState.IN_AIR;
  return message;
}

export function commandAck(
  command: common.MavCmd,
  result: common.MavResult,
  to: { readonly sysid: number; readonly compid: number },
): MavLinkData {
  const message = new common.CommandAck();
  message.command = command;
  message.result = result;
  message.targetSystem = to.sysid;
  message.targetComponent = to.compid;
  return message;
}

/** STATUSTEXT, cut at 50 characters. */
export function statusText(severity: common.MavSeverity, text: string): MavLinkData {
  const message = new common.StatusText();
  message.severity = severity;
  message.text = text.slice(0, 50);
  return message;
}

/** Home as item 0 of a mission. */
export function homeItem({ latDeg, lngDeg, altitudeAmslM }: Home): common.MissionItemInt {
  const item = new common.MissionItemInt();
  item.command = common.MavCmd.NAV_WAYPOINT;
  item.autocontinue = 1;
  item.x = Math.round(latDeg * 1e7);
  item.y = Math.round(lngDeg * 1e7);
  item.z = altitudeAmslM;
  return item;
}
