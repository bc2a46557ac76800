// One TCP connection that carries MAVLink: bytes in, bytes out, with limits. Knows no frames. Made
// by tcp-listener.ts for who connects to us, and by tcp-connector.ts for whom we connect to.
import type { Socket } from "node:net";

/** Bytes waiting for one that reads too slowly, above which it is cut. */
export const writeBacklogBytesMax = 256 * 1024;
/** Bytes without one frame in them after which it is cut: it speaks something else. */
export const uselessBytesMax = 64 * 1024;
const keepAliveAfterMs = 15_000;

/** Why we ended it; a remote end or an error of the network is none of these. */
export type CutReason = "slow" | "useless";

export interface TcpConnectionEvents {
  /** A piece of the stream; returns the frames found in it. The bytes are the callee's to keep. */
  readonly onBytes: (bytes: Uint8Array) => number;
  readonly onCut: (reason: CutReason) => void;
  /** Called once, after everything else. */
  readonly onClosed: () => void;
}

export interface TcpConnection {
  /** False where it is not sent: closed, or cut now because what waits for it is too much. */
  send(bytes: Uint8Array): boolean;
  close(): void;
}

/** Takes over a connected socket. */
export function takeConnection(socket: Socket, events: TcpConnectionEvents): TcpConnection {
  let uselessBytes = 0;
  const cut = (reason: CutReason): void => {
    if (socket.destroyed) return;
    events.onCut(reason);
    socket.destroy();
  };
  socket.setNoDelay(true);
  socket.setKeepAlive(true, keepAliveAfterMs);
  socket.on("data", (bytes) => {
    if (socket.destroyed) return;
    uselessBytes = events.onBytes(bytes) > 0 ? 0 : uselessBytes + bytes.length;
    if (uselessBytes > uselessBytesMax) cut("useless");
  });
  // What went wrong is told by the closing that follows.
  socket.on("error", () => socket.destroy());
  socket.once("end", () => socket.destroy());
  socket.once("close", () => events.onClosed());
  return {
    send: (bytes) => {
      if (socket.destroyed || !socket.writable) return false;
      if (socket.writableLength + bytes.length > writeBacklogBytesMax) {
        cut("slow");
        return false;
      }
      socket.write(bytes);
      return true;
    },
    close: () => socket.destroy(),
  };
}
