// The index beside a session's tlog: where in the record each second begins, so that a player can
// jump without reading from the start. Appended while recording; the same bytes when made anew.
//
// The file is rows of 16 bytes, little-endian, no header: float64 stamp in microseconds since
// 1970 UTC, float64 byte offset of a record in the tlog. Both only ever grow.

import type { FrameView } from "../mavlink/frame-reader.ts";

const rowBytes = 16;
const secondUs = 1_000_000;

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
