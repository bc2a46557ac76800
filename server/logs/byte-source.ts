// Bytes that are read in parts, so that a file of any length costs what is looked at. Implemented
// over files by server/cluster/record-store.ts; read by the row files and the tlog reader here.

/** A file that may grow. What is not there any more or not yet is left out of an answer. */
export interface ByteSource {
  /** Its length when it was opened. */
  readonly bytes: number;
  /** The bytes [fromByte, toByte), as far as there are any. */
  read(fromByte: number, toByte: number): Promise<Uint8Array>;
}

/** Consecutive pieces of [fromByte, toByte), each at most `pieceBytes` long. */
export async function* piecesOf(
  source: ByteSource,
  fromByte: number,
  toByte: number,
  pieceBytes: number,
): AsyncGenerator<Uint8Array> {
  for (let at = fromByte; at < toByte;) {
    const piece = await source.read(at, Math.min(at + pieceBytes, toByte));
    if (piece.length === 0) return;
    yield piece;
    at += piece.length;
  }
}
