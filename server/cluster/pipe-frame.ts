// The frames of the local pipe between ingest and the web process: four bytes of length
// (little-endian, of what follows), one byte of type, then JSON text or a binary snapshot.
// Called by local-feed-server.ts and local-feed-client.ts.

/** Types of frames. 1..: ingest tells; 32..: the web process asks. */
export const pipeType = {
  hello: 1,
  journal: 2,
  snapshot: 3,
  status: 4,
  links: 5,
  planAcknowledged: 6,
  reply: 7,
  traffic: 8,
  subscribe: 32,
  plan: 33,
  stop: 34,
  ask: 35,
} as const;

/** Longest frame: a plan of a big site with a full week, many times over. */
export const pipeFrameBytesMax = 64 * 1024 * 1024;

const lengthBytes = 4;
const headerBytes = lengthBytes + 1;

export function pipeFrame(type: number, payload: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(headerBytes + payload.length);
  frame.writeUInt32LE(payload.length + 1, 0);
  frame.writeUInt8(type, lengthBytes);
  frame.set(payload, headerBytes);
  return frame;
}

export function pipeJson(type: number, value: unknown): Buffer {
  return pipeFrame(type, Buffer.from(JSON.stringify(value)));
}

export type PipeFrameHandler = (type: number, payload: Buffer) => void;

/**
 * Puts frames together from the pieces a socket delivers.
 *
 * @param onFrame The payload is the callee's to keep.
 * @returns Takes the next piece; false where the other end speaks something else, for good.
 */
export function createPipeReader(onFrame: PipeFrameHandler): (piece: Buffer) => boolean {
  let pieces: Buffer[] = [];
  let waiting = 0;
  let wanted = headerBytes;
  return (piece) => {
    pieces.push(piece);
    waiting += piece.length;
    // Joined only when a whole frame is there: a large one in many pieces is copied once.
    if (waiting < wanted) return true;
    let bytes = pieces.length === 1 ? piece : Buffer.concat(pieces, waiting);
    for (;;) {
      if (bytes.length < headerBytes) break;
      const length = bytes.readUInt32LE(0);
      if (length < 1 || length > pipeFrameBytesMax) return false;
      if (bytes.length < lengthBytes + length) break;
      onFrame(bytes.readUInt8(lengthBytes), bytes.subarray(headerBytes, lengthBytes + length));
      bytes = bytes.subarray(lengthBytes + length);
    }
    pieces = bytes.length > 0 ? [bytes] : [];
    waiting = bytes.length;
    wanted = waiting < headerBytes ? headerBytes : lengthBytes + bytes.readUInt32LE(0);
    return true;
  };
}
