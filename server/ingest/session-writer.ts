// Writes one session's record: the tlog, and beside it the index and the track, all appended as
// the frames come. Called by recorder.ts.
import { createIndexReducer, type RecordReducer } from "../logs/record-index.ts";
import { createTrackReducer } from "../logs/record-track.ts";
import { createFrameView, readFrameAt, startByteV2 } from "../mavlink/frame-reader.ts";
import type { SessionRecord } from "../telemetry/ports.ts";
import type { AppendFile } from "./append-file.ts";
import { positionMessageId } from "./mavlink-frames.ts";

/** The files of one session. */
export interface SessionFiles {
  readonly record: AppendFile;
  readonly index: AppendFile;
  readonly track: AppendFile;
}

/** The reducers of index and track, as far as the record has been read. */
export interface SessionReducers {
  readonly index: RecordReducer;
  readonly track: RecordReducer;
}

/** @param hasHeader True where the track has its header already. */
export function createReducers(sysid: number, compid: number, hasHeader: boolean): SessionReducers {
  return { index: createIndexReducer(), track: createTrackReducer(sysid, compid, hasHeader) };
}

/** A record of a tlog is its stamp and then the frame. */
const stampBytes = 8;
const heartbeatId = 0;
const microsecondsHigh = 2 ** 32;
// One view for all writers: it is read at once.
const frame = createFrameView();

/** @param onClosed Called when nothing more will come. */
export function createSessionWriter(
  files: SessionFiles,
  reducers: SessionReducers,
  onClosed: () => void,
): SessionRecord {
  return {
    append(stampUs, bytes, start, end) {
      const byteOffset = files.record.length;
      const place = files.record.reserve(stampBytes + end - start);
      if (place === undefined) return;
      writeUint32(place.bytes, place.at, Math.floor(stampUs / microsecondsHigh));
      writeUint32(place.bytes, place.at + 4, stampUs % microsecondsHigh);
      // Frames are short: byte by byte costs less than the views that `set` needs.
      const shift = place.at + stampBytes - start;
      for (let at = start; at < end; at++) place.bytes[at + shift] = bytes[at] as number;
      // Heartbeats and positions make the track; for the rest only the place in the file counts.
      const messageId = messageIdAt(bytes, start);
      if (messageId === heartbeatId || messageId === positionMessageId) {
        if (readFrameAt(bytes, start, end, frame) === "frame") {
          appendIf(files.track, reducers.track.push(stampUs, frame, byteOffset));
        }
      }
      appendIf(files.index, reducers.index.push(stampUs, frame, byteOffset));
    },
    bytes: () => files.record.length,
    close: onClosed,
  };
}

/** Big-endian, as tlogs have it. */
function writeUint32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}

function appendIf(file: AppendFile, bytes: Uint8Array | undefined): void {
  if (bytes !== undefined) file.append(bytes);
}

function messageIdAt(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== startByteV2) return bytes[start + 5] ?? -1;
  const low = (bytes[start + 7] ?? 0) | ((bytes[start + 8] ?? 0) << 8);
  return low | ((bytes[start + 9] ?? 0) << 16);
}
