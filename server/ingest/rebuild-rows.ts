// Makes index and track of a session anew from its whole record, off the hot path: where they are
// gone, of another version, or so far behind that reading back at start would take too long. Called
// by recorder.ts, which goes on with them.
import { open, rename, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { openPart, recordFiles } from "../cluster/record-store.ts";
import { piecesOf } from "../logs/byte-source.ts";
import { trackHeader } from "../logs/record-track.ts";
import { walkTlogPieces } from "../logs/walk-tlog-pieces.ts";
import type { SessionIdentity } from "../telemetry/ports.ts";
import { createReducers } from "./session-writer.ts";

/** Read at a time: under a millisecond of work between two chances for the watch. */
const pieceBytes = 64 * 1024;

/** Lengths of the two files. */
export interface RebuiltRows {
  readonly indexBytes: number;
  readonly trackBytes: number;
}

/** @param recordBytes Rows are made of the record's bytes before this place. */
export async function rebuildRows(
  folder: string,
  { sysid, compid }: SessionIdentity,
  recordBytes: number,
): Promise<RebuiltRows> {
  const reducers = createReducers(sysid, compid, true);
  const record = await openPart(join(folder, recordFiles.record));
  const index = await RowsAside.open(join(folder, recordFiles.index));
  const track = await RowsAside.open(join(folder, recordFiles.track));
  try {
    track.push(trackHeader());
    const writing = async function* (): AsyncGenerator<Uint8Array> {
      for await (const piece of piecesOf(record, 0, recordBytes, pieceBytes)) {
        yield piece;
        await index.write();
        await track.write();
      }
    };
    await walkTlogPieces(writing(), 0, ({ stampUs, frame }, byteOffset) => {
      index.push(reducers.index.push(stampUs, frame, byteOffset));
      track.push(reducers.track.push(stampUs, frame, byteOffset));
    });
    return { indexBytes: await index.put(), trackBytes: await track.put() };
  } finally {
    await Promise.all([record.close(), index.close(), track.close()]);
  }
}

/** A file that is written aside and takes its place when it is whole. */
class RowsAside {
  private readonly path: string;
  private readonly file: FileHandle;
  private waiting: Uint8Array[] = [];
  private bytes = 0;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.file = file;
  }

  static async open(path: string): Promise<RowsAside> {
    return new RowsAside(path, await open(`${path}.new`, "w", 0o600));
  }

  push(row: Uint8Array | undefined): void {
    if (row !== undefined) this.waiting.push(row);
  }

  async write(): Promise<void> {
    if (this.waiting.length === 0) return;
    const rows = Buffer.concat(this.waiting);
    this.waiting = [];
    await this.file.appendFile(rows);
    this.bytes += rows.length;
  }

  async put(): Promise<number> {
    await this.write();
    await this.file.datasync();
    await rename(`${this.path}.new`, this.path);
    return this.bytes;
  }

  close(): Promise<void> {
    return this.file.close();
  }
}
