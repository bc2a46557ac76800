// The index beside a session's tlog: where in the record each second begins, so that a player can
// jump without reading from the start. Appended while recording; the same bytes when made anew.
//
// The file is rows of 16 bytes, little-endian, no header: float64 stamp in microseconds since
// 1970 UTC, float64 byte offset of a record in the tlog. Both only ever grow.

import type { FrameView } from "../mavlink/frame-reader.ts";
import type { ByteSource } from "./byte-source.ts";
import { firstRowAt, rowCount, rowStart, type RowLayout } from "./row-file.ts";

const rowBytes = 16;
const secondUs = 1_000_000;

/** Where its rows are. */
export const indexLayout: RowLayout = { headerBytes: 0, rowBytes };

export interface IndexEntry {
  readonly stampUs: number;
  /** Where the record with that stamp starts in the tlog. */
  readonly byteOffset: number;
}

export interface RecordReducer {
  /**
   * Takes the tlog's records in file order, each once.
   * @param byteOffset where the record starts in the tlog
   * @returns bytes to append to this reducer's file, if any
   */
  push(stampUs: number, frame: FrameView, byteOffset: number): Uint8Array | undefined;
}

/** One row for the first record of each second; a stamp that goes back makes none. */
export function createIndexReducer(): RecordReducer {
  let secondLast = -1;
  return {
    push: (stampUs, _frame, byteOffset) => {
      const second = Math.floor(stampUs / secondUs);
      if (second <= secondLast) return undefined;
      secondLast = second;
      const row = new DataView(new ArrayBuffer(rowBytes));
      row.setFloat64(0, stampUs, true);
      row.setFloat64(8, byteOffset, true);
      return new Uint8Array(row.buffer);
    },
  };
}

/** The rows of an index file; a row that a crash cut short is left out. */
export function readIndex(bytes: Uint8Array): IndexEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / rowBytes) }, (_, row) => ({
    stampUs: view.getFloat64(row * rowBytes, true),
    byteOffset: view.getFloat64(row * rowBytes + 8, true),
  }));
}

/**
 * Of an index of any length the rows that decide where a span of time begins and ends: the first,
 * and those beside both its ends, in file order.
 */
export async function readIndexNear(
  source: ByteSource,
  fromUs: number,
  toUs: number,
): Promise<IndexEntry[]> {
  const from = await firstRowAt(source, indexLayout, fromUs);
  const to = await firstRowAt(source, indexLayout, toUs);
  const rows = [0, from - 1, from, to - 1, to];
  const wanted = rows.filter((row) => row >= 0 && row < rowCount(indexLayout, source.bytes));
  const found: IndexEntry[] = [];
  for (const row of new Set(wanted.sort((a, b) => a - b))) {
    const start = rowStart(indexLayout, row);
    found.push(...readIndex(await source.read(start, start + rowBytes)));
  }
  return found;
}
