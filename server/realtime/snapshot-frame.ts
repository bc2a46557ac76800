// A snapshot as one WebSocket frame, built once for all pages that see the same. Called by
// pages.ts; the only file that reaches below Socket.IO.
import type { Socket } from "socket.io";

type Connection = Socket["conn"];

/** Parts of a WebSocket frame, as engine.io takes one that is built already. */
export type SnapshotFrame = readonly Uint8Array[];

const finalBinary = 0x82;
const length16 = 126;
const length64 = 127;

/** An unmasked, final, binary frame (RFC 6455, section 5.2): its header, then the bytes. */
export function snapshotFrame(bytes: Uint8Array): SnapshotFrame {
  const { byteLength } = bytes;
  const header =
    byteLength < length16
      ? Buffer.from([finalBinary, byteLength])
      : byteLength < 65_536
        ? Buffer.from([finalBinary, length16, byteLength >> 8, byteLength & 0xff])
        : longHeader(byteLength);
  return [header, bytes];
}

function longHeader(byteLength: number): Buffer {
  const header = Buffer.alloc(10);
  header.writeUInt8(finalBinary, 0);
  header.writeUInt8(length64, 1);
  header.writeBigUInt64BE(BigInt(byteLength), 2);
  return header;
}

/** Where the transport cannot take the ready frame it makes its own of the bytes. */
export function writeSnapshot(
  connection: Connection,
  bytes: Uint8Array,
  frame: SnapshotFrame,
): void {
  // engine.io's types leave out the option by which socket.io-adapter hands over ready frames.
  const options = { compress: false, wsPreEncodedFrame: frame };
  connection.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), options);
}

/** What was sent to a page and has not left yet. */
export interface Backlog {
  /** Written, and not taken by the system. */
  readonly bytes: number;
  /** Messages behind it, not written yet. */
  readonly messages: number;
}

export function backlogOf(connection: Connection): Backlog {
  // Both stand in the object and not in its types.
  const { transport, writeBuffer } = connection as unknown as {
    transport: { socket?: { bufferedAmount?: number } };
    writeBuffer?: readonly unknown[];
  };
  return {
    bytes: transport.socket?.bufferedAmount ?? 0,
    messages: writeBuffer?.length ?? 0,
  };
}
