// The simulated vehicle's state as MAVLink messages, and what others ask of it.
// Written with node-mavlink, so that the server's own decoder is not judged by its own code.
import { common, minimal, type MavLinkData } from "mavlink-mappings";
import { MavLinkProtocolV2, MSG_ID_MAGIC_NUMBER, x25crc } from "node-mavlink";
import { copterMode, isOnGround, positionKnownAfterMs, type Autopilot } from "./autopilot.ts";
import { toPosition, type Home } from "../vehicle/home.ts";

const armedBit = 128;
const guidedBaseMode = 89;
const stabilizeBaseMode = 81;

export function heartbeat(autopilot: Autopilot): MavLinkData {
  const message = new minimal.Heartbeat();
  const base = autopilot.mode === "STABILIZE" ? stabilizeBaseMode : guidedBaseMode;
  message.type = minimal.MavType.QUADROTOR;
  message.autopilot = minimal.MavAutopilot.ARDUPILOTMEGA;
  // A set of bits, which the library types as one flag.
  Object.assign(message, { baseMode: base + (autopilot.armed ? armedBit : 0) });
  message.customMode = copterMode[autopilot.mode];
  const flying = !isOnGround(autopilot);
  message.systemStatus = flying ? minimal.MavState.ACTIVE : minimal.MavState.STANDBY;
  message.mavlinkVersion = 3;
  return message;
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

export interface Request {
  readonly from: { readonly sysid: number; readonly compid: number };
  readonly message: common.CommandLong | StreamRequest;
}
// Deprecated in MAVLink, but what many ground stations still send.
// eslint-disable-next-line @typescript-eslint/no-deprecated
type StreamRequest = common.RequestDataStream;

/**
 * Reads one datagram that holds one whole MAVLink 2 frame of COMMAND_LONG or REQUEST_DATA_STREAM
 * addressed to `sysid`. Anything else, damage included, is undefined.
 */
export function readRequest(datagram: Uint8Array, sysid: number): Request | undefined {
  const bytes = Buffer.from(datagram);
  if (bytes.length < 12 || bytes[0] !== MavLinkProtocolV2.START_BYTE) return undefined;
  const protocol = new MavLinkProtocolV2();
  const header = protocol.header(bytes);
  if (bytes.length !== 12 + header.payloadLength) return undefined;
  const magic = MSG_ID_MAGIC_NUMBER[String(header.msgid)];
  if (magic === undefined) return undefined;
  if (x25crc(bytes, 1, 2, magic) !== protocol.crc(bytes)) return undefined;
  const from = { sysid: header.sysid, compid: header.compid };
  const payload = protocol.payload(bytes);
  const message = readPayload(header.msgid, payload, protocol);
  return message?.targetSystem === sysid ? { from, message } : undefined;
}

function readPayload(
  messageId: number,
  payload: Buffer,
  protocol: MavLinkProtocolV2,
): Request["message"] | undefined {
  if (messageId === common.CommandLong.MSG_ID) return protocol.data(payload, common.CommandLong);
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const streamRequest = common.RequestDataStream;
  return messageId === streamRequest.MSG_ID ? protocol.data(payload, streamRequest) : undefined;
}
