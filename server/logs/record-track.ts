// The track beside a session's tlog: where the drone was, ready to draw without reading the
// record. Appended while recording; the same bytes when made anew from the tlog.
//
// The file is a header of 8 bytes ("SKTR", uint16 version, uint16 bytes a row), then one row for
// each known GLOBAL_POSITION_INT of the session's autopilot. Little-endian:
//
//   0 float64 stamp, us since 1970 UTC     28 uint32 custom mode of the last HEARTBEAT
//   8 uint32  vehicle's boot clock, ms     32 uint16 ground speed, cm/s
//  12 int32   latitude, 1e-7 deg WGS84     34 int16  climb, cm/s, positive up
//  16 int32   longitude, 1e-7 deg WGS84    36 uint16 heading, 0.01 deg; 65535 unknown
//  20 int32   height, mm AMSL              38 uint8  flags: 1 armed, 2 a HEARTBEAT was heard
//  24 int32   height, mm above home        39 uint8  MAV_TYPE   40 uint8 MAV_AUTOPILOT   41 zeros

import type { HeartbeatSample, PositionSample } from "../domain/flight/sample.ts";
import type { FrameView } from "../mavlink/frame-reader.ts";
import { flightModeName } from "../mavlink/flight-mode.ts";
import { toSample } from "../mavlink/to-sample.ts";
import type { RecordReducer } from "./record-index.ts";

const magic = 0x52544b53; // "SKTR"
const version = 1;
const headerBytes = 8;
const rowBytes = 44;
const headingUnknown = 0xffff;
const flagArmed = 1;
const flagHeartbeat = 2;

/** One point of a session's track. Speeds and heading are the vehicle's own report. */
export interface TrackPoint {
  /** Receipt, microseconds since 1970 UTC. */
  readonly stampUs: number;
  readonly timeBootMs: number;
  readonly latDeg: number;
  readonly lngDeg: number;
  readonly altitudeAmslM: number;
  readonly altitudeAboveHomeM: number;
  readonly groundSpeedMps: number;
  /** Positive up. */
  readonly climbMps: number;
  /** 0 <= heading < 360, clockwise from true north. */
  readonly headingDeg?: number;
  readonly armed: boolean;
  /** Absent before the first heartbeat. */
  readonly modeName?: string;
}

/** The track of one autopilot; frames of other systems and components make no rows. */
export function createTrackReducer(sysid: number, compid: number): RecordReducer {
  let heartbeat: HeartbeatSample | undefined;
  let isStarted = false;

  function push(stampUs: number, frame: FrameView): Uint8Array | undefined {
    if (frame.sysid !== sysid || frame.compid !== compid) return undefined;
    const sample = toSample(frame);
    if (sample?.kind === "heartbeat") heartbeat = sample;
    if (sample?.kind !== "position") return undefined;
    const at = isStarted ? 0 : headerBytes;
    const view = new DataView(new ArrayBuffer(at + rowBytes));
    if (!isStarted) writeHeader(view);
    isStarted = true;
    writeRow(view, at, stampUs, sample, heartbeat);
    return new Uint8Array(view.buffer);
  }

  return { push };
}

/**
 * The points of a track file; a row that a crash cut short is left out, an empty file has none.
 * @throws where the file is of another kind or version: it has to be made anew from its tlog
 */
export function readTrack(bytes: Uint8Array): TrackPoint[] {
  if (bytes.length < headerBytes) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = view.getUint16(4, true);
  if (view.getUint32(0, true) !== magic) throw new Error("this is no track file");
  if (found !== version || view.getUint16(6, true) !== rowBytes) {
    throw new Error(`track version ${version} expected, ${found} found`);
  }
  const rows = Math.floor((bytes.length - headerBytes) / rowBytes);
  return Array.from({ length: rows }, (_, row) => readRow(view, headerBytes + row * rowBytes));
}

function writeHeader(view: DataView): void {
  view.setUint32(0, magic, true);
  view.setUint16(4, version, true);
  view.setUint16(6, rowBytes, true);
}

function writeRow(
  view: DataView,
  at: number,
  stampUs: number,
  position: PositionSample,
  heartbeat: HeartbeatSample | undefined,
): void {
  const { headingDeg } = position;
  view.setFloat64(at, stampUs, true);
  view.setUint32(at + 8, position.timeBootMs, true);
  view.setInt32(at + 12, Math.round(position.latDeg * 1e7), true);
  view.setInt32(at + 16, Math.round(position.lngDeg * 1e7), true);
  view.setInt32(at + 20, Math.round(position.altitudeAmslM * 1000), true);
  view.setInt32(at + 24, Math.round(position.altitudeAboveHomeM * 1000), true);
  view.setUint16(at + 32, Math.round(position.groundSpeedMps * 100), true);
  view.setInt16(at + 34, Math.min(0x7fff, Math.round(position.climbMps * 100)), true);
  view.setUint16(
    at + 36,
    headingDeg === undefined ? headingUnknown : Math.round(headingDeg * 100),
    true,
  );
  if (!heartbeat) return;
  view.setUint32(at + 28, heartbeat.customMode, true);
  view.setUint8(at + 38, flagHeartbeat | (heartbeat.armed ? flagArmed : 0));
  view.setUint8(at + 39, heartbeat.vehicleType);
  view.setUint8(at + 40, heartbeat.autopilot);
}

function readRow(view: DataView, at: number): TrackPoint {
  const heading = view.getUint16(at + 36, true);
  const flags = view.getUint8(at + 38);
  const customMode = view.getUint32(at + 28, true);
  return {
    stampUs: view.getFloat64(at, true),
    timeBootMs: view.getUint32(at + 8, true),
    latDeg: view.getInt32(at + 12, true) / 1e7,
    lngDeg: view.getInt32(at + 16, true) / 1e7,
    altitudeAmslM: view.getInt32(at + 20, true) / 1000,
    altitudeAboveHomeM: view.getInt32(at + 24, true) / 1000,
    groundSpeedMps: view.getUint16(at + 32, true) / 100,
    climbMps: view.getInt16(at + 34, true) / 100,
    ...(heading !== headingUnknown && { headingDeg: heading / 100 }),
    armed: (flags & flagArmed) !== 0,
    ...((flags & flagHeartbeat) !== 0 && {
      modeName: flightModeName(view.getUint8(at + 40), view.getUint8(at + 39), customMode),
    }),
  };
}
