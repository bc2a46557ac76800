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
import { firstRowAt, rowCount, rowStart, type RowLayout } from "./row-file.ts";
import type { ByteSource } from "./byte-source.ts";
import type { RecordReducer } from "./record-index.ts";

const magic = 0x52544b53; // "SKTR"
const version = 1;
const headerBytes = 8;
const rowBytes = 44;
const headingUnknown = 0xffff;
const flagArmed = 1;
const flagHeartbeat = 2;

/** Where its rows are. */
export const trackLayout: RowLayout = { headerBytes, rowBytes };
/** A point may stand this much behind a later one in the file: a link's frames were held back. */
const disorderUs = 60_000_000;
/** Rows read at a time: 0.3 ms of work. */
const rowsAtOnce = 1_024;

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

/**
 * The track of one autopilot; frames of other systems and components make no rows.
 *
 * @param hasHeader True where the file has its header already.
 */
export function createTrackReducer(
  sysid: number,
  compid: number,
  hasHeader = false,
): RecordReducer {
  let heartbeat: HeartbeatSample | undefined;
  let isStarted = hasHeader;

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
  const problem = trackProblem(bytes);
  if (problem !== undefined) throw new Error(problem);
  return readTrackRows(bytes.subarray(headerBytes));
}

/** What is wrong with the first bytes of a track file; undefined where it can be read. */
export function trackProblem(header: Uint8Array): string | undefined {
  if (header.length < headerBytes) return "the track's header is cut short";
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const found = view.getUint16(4, true);
  if (view.getUint32(0, true) !== magic) return "this is no track file";
  if (found === version && view.getUint16(6, true) === rowBytes) return undefined;
  return `track version ${version} expected, ${found} found`;
}

/** The header of a track that has no rows yet. */
export function trackHeader(): Uint8Array {
  const view = new DataView(new ArrayBuffer(headerBytes));
  writeHeader(view);
  return new Uint8Array(view.buffer);
}

/**
 * The points of a span of time, piece by piece, from a track of any length.
 *
 * @param fromUs,toUs Half-open, microseconds since 1970 UTC.
 * @param rowsMax Only so many of the last rows are looked at.
 * @throws where the file is of another kind or version
 */
export async function* readTrackBetween(
  source: ByteSource,
  fromUs: number,
  toUs: number,
  rowsMax = Number.POSITIVE_INFINITY,
): AsyncGenerator<TrackPoint[]> {
  if (source.bytes < headerBytes) return;
  const problem = trackProblem(await source.read(0, headerBytes));
  if (problem !== undefined) throw new Error(problem);
  const rows = rowCount(trackLayout, source.bytes);
  const first = await firstRowAt(source, trackLayout, fromUs - disorderUs);
  let row = Math.max(first, rows - rowsMax);
  while (row < rows) {
    const end = Math.min(row + rowsAtOnce, rows);
    const bytes = await source.read(rowStart(trackLayout, row), rowStart(trackLayout, end));
    const points = readTrackRows(bytes);
    yield points.filter(({ stampUs }) => stampUs >= fromUs && stampUs < toUs);
    const [earliest] = points;
    if (earliest === undefined || earliest.stampUs >= toUs + disorderUs) return;
    row = end;
  }
}

/** The points of rows that were read without the header. */
export function readTrackRows(bytes: Uint8Array): TrackPoint[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rows = Math.floor(bytes.length / rowBytes);
  return Array.from({ length: rows }, (_, row) => readRow(view, row * rowBytes));
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
