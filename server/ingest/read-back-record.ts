// Reads the record of a session that was open when ingest ended: cuts off a torn tail and makes
// index and track anew from it. Called by recorder.ts at start, before anything is heard.
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { recordFiles } from "../cluster/record-store.ts";
import { readTrack, type TrackPoint } from "../logs/record-track.ts";
import { walkTlog } from "../mavlink/tlog.ts";
import type { SessionIdentity } from "../telemetry/ports.ts";
import type { SessionReducers } from "./session-writer.ts";

/** What was found in a record. */
export interface ReadBack {
  /** Lengths of the three files, whole records only. */
  readonly recordBytes: number;
  readonly indexBytes: number;
  readonly trackBytes: number;
  /** Bytes of a record that was being written, cut off. */
  readonly cutTailBytes: number;
  /** Stamp of the last frame of the session's autopilot, epoch ms. */
  readonly lastHeardAtMs: number | undefined;
  readonly track: readonly TrackPoint[];
}

/** Leaves the three files whole and in step, and the reducers where the record ends. */
export function readBackRecord(
  folder: string,
  { sysid, compid }: SessionIdentity,
  reducers: SessionReducers,
): ReadBack {
  const recordPath = join(folder, recordFiles.record);
  const bytes = readIfThere(recordPath);
  const index: Uint8Array[] = [];
  const track: Uint8Array[] = [];
  let lastHeardAtMs: number | undefined;
  const { cutTailBytes } = walkTlog(bytes, ({ stampUs, frame, start }) => {
    const indexRow = reducers.index.push(stampUs, frame, start);
    const trackRow = reducers.track.push(stampUs, frame, start);
    if (indexRow !== undefined) index.push(indexRow);
    if (trackRow !== undefined) track.push(trackRow);
    if (frame.sysid === sysid && frame.compid === compid) {
      lastHeardAtMs = Math.floor(stampUs / 1000);
    }
  });
  const recordBytes = bytes.length - cutTailBytes;
  if (cutTailBytes > 0) truncateSync(recordPath, recordBytes);
  const indexFile = Buffer.concat(index);
  const trackFile = Buffer.concat(track);
  writeFileSync(join(folder, recordFiles.index), indexFile, { mode: 0o600 });
  writeFileSync(join(folder, recordFiles.track), trackFile, { mode: 0o600 });
  return {
    recordBytes,
    indexBytes: indexFile.length,
    trackBytes: trackFile.length,
    cutTailBytes,
    lastHeardAtMs,
    track: readTrack(trackFile),
  };
}

function readIfThere(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return new Uint8Array(0);
    }
    throw error;
  }
}
