// Reads a tlog piece by piece as it comes from disk: no record is lost at a border, and a record of
// any length holds nobody up for longer than one piece takes.
import { walkTlog, type TlogRecord } from "../mavlink/tlog.ts";

/** More than any record has (8 + 280 bytes), with the start of the next one. */
const recordBytesMax = 512;

/** How far it was read. */
export interface PiecesTally {
  /** Where the last whole record ends, counted as `byteOffset` is. */
  readonly endByte: number;
}

/**
 * @param fromByte Where the first piece lies in the file.
 * @param onRecord Is given one object that is used again, and where the record begins in the file.
 */
export async function walkTlogPieces(
  pieces: AsyncIterable<Uint8Array>,
  fromByte: number,
  onRecord: (record: TlogRecord, byteOffset: number) => void,
): Promise<PiecesTally> {
  let rest: Uint8Array = new Uint8Array(0);
  let restAt = fromByte;
  let endByte = fromByte;
  for await (const piece of pieces) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const bytesAt = restAt;
    walkTlog(bytes, (record) => {
      endByte = bytesAt + record.end;
      onRecord(record, bytesAt + record.start);
    });
    // Of a long run of other bytes only the last can still become a record.
    const restBytes = Math.min(bytesAt + bytes.length - endByte, recordBytesMax, bytes.length);
    rest = bytes.subarray(bytes.length - restBytes);
    restAt = bytesAt + bytes.length - restBytes;
  }
  return { endByte };
}
