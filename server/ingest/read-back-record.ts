// Reads the end of a session's record that was being written when ingest ended: cuts off a torn
// tail and makes the last rows of index and track anew from it. However long the session is, only
// so much is read. Called by recorder.ts at start, before anything is heard.
import { constants } from "node:fs";
import { open, truncate } from "node:fs/promises";
import { join } from "node:path";
import { openPart, orAbsent, recordFiles, type OpenPart } from "../cluster/record-store.ts";
import type { VehicleTrack } from "../domain/flight/vehicle-track.ts";
import { indexLayout, readIndex, type IndexEntry } from "../logs/record-index.ts";
import { readTrackRows, trackHeader, trackLayout, trackProblem } from "../logs/record-track.ts";
import type { TrackPoint } from "../logs/record-track.ts";
import { piecesOf } from "../logs/byte-source.ts";
import { firstRowAt, rowCount, rowStart } from "../logs/row-file.ts";
import { walkTlogPieces } from "../logs/walk-tlog-pieces.ts";
import type { SessionIdentity } from "../telemetry/ports.ts";
import { createLastTold, withOwnId } from "./last-told.ts";
import { createReducers, type SessionReducers } from "./session-writer.ts";

/** Read of one record at start, at most: some 45 minutes of a hundred frames a second. */
export const readBackBytesMax = 16 * 1024 * 1024;
/** Rows of the index looked at for the place to read from: a session's last hour. */
const indexTailRowsMax = 4_096;
/** Rows of the last seconds may be missing from a file that another's writing overtook. */
const remadeUs = 10_000_000;
/** Read before those, for the mode the autopilot was in and to see that the track goes so far. */
const warmUpUs = 10_000_000;
const pieceBytes = 256 * 1024;

/** What was found in a record. */
export interface ReadBack {
  /** Whole records only. */
  readonly recordBytes: number;
  /** Bytes of a record that was being written, cut off. */
  readonly cutTailBytes: number;
  /**
   * Lengths of index and track; undefined where they have to be made anew from the record, as for
   * a long one of which they say too little, or where they cannot be read or written.
   */
  readonly rows: { readonly indexBytes: number; readonly trackBytes: number } | undefined;
  /** Stamp of the last frame of the session's autopilot that was found, epoch ms. */
  readonly lastHeardAtMs: number | undefined;
  /** What it said last, but for the position; undefined where none of its frames was found. */
  readonly told: VehicleTrack | undefined;
  readonly lastPoint: TrackPoint | undefined;
  /** Where the record ends, to be gone on with. */
  readonly reducers: SessionReducers;
}

/** From where the record is read, and what of its files stands as it is. */
interface Start {
  readonly fromByte: number;
  /** Rows of records from here on are made anew. */
  readonly remakeFrom: IndexEntry;
  readonly keptIndexBytes: number;
  readonly keptTrackBytes: number;
}

const fromTheBeginning: Start = {
  fromByte: 0,
  remakeFrom: { stampUs: 0, byteOffset: 0 },
  keptIndexBytes: 0,
  keptTrackBytes: 0,
};

/**
 * Leaves the three files whole and in step. An index or track that fails is no reason to leave the
 * record.
 *
 * @throws where the record itself cannot be read or cut
 */
export async function readBackRecord(folder: string, identity: SessionIdentity): Promise<ReadBack> {
  const recordPath = join(folder, recordFiles.record);
  const record = (await orAbsent(openPart(recordPath))) ?? noRecord;
  try {
    const isShort = record.bytes <= readBackBytesMax;
    let start =
      (await orUndefined(startOf(folder, record))) ?? (isShort ? fromTheBeginning : undefined);
    let read = await readOn(record, identity, start);
    if (start !== undefined && (await orUndefined(isInStep(folder, start, read))) !== true) {
      start = isShort ? fromTheBeginning : undefined;
      if (isShort) read = await readOn(record, identity, start);
    }
    if (read.endByte < record.bytes) await truncate(recordPath, read.endByte);
    const rows = start && (await orUndefined(writeRows(folder, start, read)));
    return {
      recordBytes: read.endByte,
      cutTailBytes: record.bytes - read.endByte,
      rows,
      lastHeardAtMs: read.lastHeardAtMs,
      told: await withOwnId(read.told, record, identity),
      lastPoint: read.lastPoint ?? (start && (await orUndefined(lastPointOf(folder)))),
      reducers: read.reducers,
    };
  } finally {
    await record.close();
  }
}

/** Of files that can be made anew. What of the record fails here fails where it is read whole. */
async function orUndefined<T>(step: Promise<T>): Promise<T | undefined> {
  try {
    return await step;
  } catch {
    return undefined;
  }
}

const noRecord: OpenPart = {
  bytes: 0,
  read: () => Promise.resolve(new Uint8Array(0)),
  close: () => Promise.resolve(),
};

/** Undefined where index and track do not say, or too little. */
async function startOf(folder: string, record: OpenPart): Promise<Start | undefined> {
  const index = await orAbsent(openPart(join(folder, recordFiles.index)));
  if (index === undefined) return undefined;
  try {
    const count = rowCount(indexLayout, index.bytes);
    const firstRow = Math.max(0, count - indexTailRowsMax);
    const tail = await index.read(rowStart(indexLayout, firstRow), rowStart(indexLayout, count));
    const rows = readIndex(tail).filter(
      ({ stampUs, byteOffset }) => stampUs > 0 && byteOffset < record.bytes,
    );
    const lastUs = rows.at(-1)?.stampUs ?? 0;
    const remake = rows.findLast(({ stampUs }) => stampUs <= lastUs - remadeUs);
    const warm = rows.findLast(
      ({ stampUs }) => remake !== undefined && stampUs <= remake.stampUs - warmUpUs,
    );
    if (remake === undefined || warm === undefined) return undefined;
    if (record.bytes - warm.byteOffset > readBackBytesMax) return undefined;
    if (!(await beginsAt(record, warm)) || !(await beginsAt(record, remake))) return undefined;
    const keptTrackBytes = await trackBytesBefore(folder, remake.stampUs);
    if (keptTrackBytes === undefined) return undefined;
    const keptRows = await firstRowAt(index, indexLayout, remake.stampUs);
    return {
      fromByte: warm.byteOffset,
      remakeFrom: remake,
      keptIndexBytes: rowStart(indexLayout, keptRows),
      keptTrackBytes,
    };
  } finally {
    await index.close();
  }
}

/** Is there a record with that stamp at that place, as the index says? */
async function beginsAt(record: OpenPart, { stampUs, byteOffset }: IndexEntry): Promise<boolean> {
  const bytes = await record.read(byteOffset, byteOffset + 8);
  if (bytes.length < 8) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(0) * 2 ** 32 + view.getUint32(4) === stampUs;
}

/** Bytes of the track's rows of earlier seconds; undefined where it is no track. */
async function trackBytesBefore(folder: string, stampUs: number): Promise<number | undefined> {
  const track = await orAbsent(openPart(join(folder, recordFiles.track)));
  if (track === undefined) return undefined;
  try {
    if (trackProblem(await track.read(0, trackLayout.headerBytes)) !== undefined) return undefined;
    return rowStart(trackLayout, await firstRowAt(track, trackLayout, secondOf(stampUs) * 1e6));
  } finally {
    await track.close();
  }
}

interface ReadOn {
  readonly endByte: number;
  readonly index: readonly Uint8Array[];
  readonly track: readonly Uint8Array[];
  readonly lastHeardAtMs: number | undefined;
  readonly told: VehicleTrack | undefined;
  readonly lastPoint: TrackPoint | undefined;
  /** Stamp of the last position before the rows that are made anew. */
  readonly lastWarmUs: number | undefined;
  readonly reducers: SessionReducers;
}

async function readOn(
  record: OpenPart,
  identity: SessionIdentity,
  start: Start | undefined,
): Promise<ReadOn> {
  const { sysid, compid } = identity;
  const fromByte = start?.fromByte ?? record.bytes - readBackBytesMax;
  // Rows of which nothing can be kept are made elsewhere: here they are only gone past.
  const remakeFromByte = start?.remakeFrom.byteOffset ?? Number.POSITIVE_INFINITY;
  const reducers = createReducers(sysid, compid, true);
  const lastTold = createLastTold(identity);
  const index: Uint8Array[] = [];
  const track: Uint8Array[] = [];
  let lastHeardAtMs: number | undefined;
  let lastRow: Uint8Array | undefined;
  let lastWarmUs: number | undefined;
  const pieces = piecesOf(record, fromByte, record.bytes, pieceBytes);
  const { endByte } = await walkTlogPieces(pieces, fromByte, ({ stampUs, frame }, byteOffset) => {
    const indexRow = reducers.index.push(stampUs, frame, byteOffset);
    const trackRow = reducers.track.push(stampUs, frame, byteOffset);
    lastTold.push(stampUs, frame);
    if (frame.sysid === sysid && frame.compid === compid) {
      lastHeardAtMs = Math.floor(stampUs / 1000);
    }
    lastRow = trackRow ?? lastRow;
    if (byteOffset < remakeFromByte) {
      if (trackRow !== undefined) lastWarmUs = stampUs;
      return;
    }
    if (indexRow !== undefined) index.push(indexRow);
    if (trackRow !== undefined) track.push(trackRow);
  });
  const lastPoint = lastRow && readTrackRows(lastRow)[0];
  const { track: told } = lastTold;
  return { endByte, index, track, lastHeardAtMs, told, lastPoint, lastWarmUs, reducers };
}

/** Does the kept part of the track go on to where its rows are made anew? */
async function isInStep(folder: string, start: Start, { lastWarmUs }: ReadOn): Promise<boolean> {
  if (lastWarmUs === undefined) return true;
  const last = await lastPointOf(folder, start.keptTrackBytes);
  return last?.stampUs === lastWarmUs;
}

/** The last whole row of the track, or of its first bytes. */
async function lastPointOf(
  folder: string,
  bytesMax = Number.POSITIVE_INFINITY,
): Promise<TrackPoint | undefined> {
  const track = await orAbsent(openPart(join(folder, recordFiles.track)));
  if (track === undefined) return undefined;
  try {
    const rows = rowCount(trackLayout, Math.min(track.bytes, bytesMax));
    if (rows === 0) return undefined;
    const bytes = await track.read(rowStart(trackLayout, rows - 1), rowStart(trackLayout, rows));
    return readTrackRows(bytes)[0];
  } finally {
    await track.close();
  }
}

async function writeRows(
  folder: string,
  { keptIndexBytes, keptTrackBytes }: Start,
  { index, track }: ReadOn,
): Promise<{ indexBytes: number; trackBytes: number }> {
  const trackRows = keptTrackBytes === 0 ? [trackHeader(), ...track] : track;
  return {
    indexBytes: await writeFrom(join(folder, recordFiles.index), keptIndexBytes, index),
    trackBytes: await writeFrom(join(folder, recordFiles.track), keptTrackBytes, trackRows),
  };
}

/** Returns the length of the file, which ends with the rows. */
async function writeFrom(
  path: string,
  keptBytes: number,
  rows: readonly Uint8Array[],
): Promise<number> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    await file.truncate(keptBytes);
    const bytes = Buffer.concat(rows);
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await file.write(bytes, done, bytes.length - done, keptBytes + done);
      done += bytesWritten;
    }
    await file.datasync();
    return keptBytes + bytes.length;
  } finally {
    await file.close();
  }
}

function secondOf(stampUs: number): number {
  return Math.floor(stampUs / 1e6);
}
