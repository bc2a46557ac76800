// Files of rows of one size that begin with a stamp, as index and track are: finds rows by time
// with a few small reads, however long the file is. Called when a session is taken up again, when a
// flight is sealed and when one is looked at.
import type { ByteSource } from "./byte-source.ts";

/** Where the rows are. Each begins with a little-endian float64, microseconds since 1970 UTC. */
export interface RowLayout {
  readonly headerBytes: number;
  readonly rowBytes: number;
}

/** Whole rows of a file; one that a crash cut short does not count. */
export function rowCount({ headerBytes, rowBytes }: RowLayout, fileBytes: number): number {
  return Math.max(0, Math.floor((fileBytes - headerBytes) / rowBytes));
}

/** Where a row begins in its file. */
export function rowStart({ headerBytes, rowBytes }: RowLayout, row: number): number {
  return headerBytes + row * rowBytes;
}

/**
 * Number of the first row with this stamp or a later one; the number of rows where there is none.
 * Stamps are taken to grow; where a few go back, it is one of the places that fit.
 */
export async function firstRowAt(
  source: ByteSource,
  layout: RowLayout,
  stampUs: number,
): Promise<number> {
  let from = 0;
  let to = rowCount(layout, source.bytes);
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const start = rowStart(layout, middle);
    const stamp = stampOf(await source.read(start, start + 8));
    // A power loss may leave zeros at the end: no row has such a stamp.
    const isBefore = stamp !== undefined && stamp > 0 && stamp < stampUs;
    if (isBefore) from = middle + 1;
    else to = middle;
  }
  return from;
}

function stampOf(bytes: Uint8Array): number | undefined {
  if (bytes.length < 8) return undefined;
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getFloat64(0, true);
}
