// One TCP connection that carries MAVLink: bytes in, bytes out, with limits. Knows no frames. Made
// by tcp-listener.ts for who connects to us, and by tcp-connector.ts for whom we connect to.
import type { Socket } from "node:net";

/** Bytes waiting for one that reads too slowly, above which it is cut. */
export const writeBacklogBytesMax = 256 * 1024;
/** Bytes without one frame in them after which it is cut: it speaks something else. */
export const uselessBytesMax = 64 * 1024;
const keepAliveAfterMs = 15_000;
/** Who connects to us and has brought no frame by then is cut: it holds a place for nothing. */
export const firstFrameWithinMs = 10_000;
/** Without a frame for so long its place may go to another; routers rest between flights. */
export const restingAfterMs = 90_000;

/** Why we ended it; a remote end or an error of the network is none of these. */
export type CutReason = "slow" | "useless" | "silent" | "resting";

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
  /** True where it has brought no frame for long. */
  readonly isResting: boolean;
  /** Ends it for another that needs its place. */
  giveWay(): void;
  close(): void;
}

/** How long a connection that brings nothing is waited for. */
export interface TcpPatience {
  readonly firstFrameWithinMs: number;
  readonly restingAfterMs: number;
}

/**
 * Takes over a connected socket.
 *
 * @param patience Left out where we connected: then it is ours to keep.
 */
export function takeConnection(
  socket: Socket,
  events: TcpConnectionEvents,
  patience?: TcpPatience,
): TcpConnection {
  let uselessBytes = 0;
  let isResting = false;
  const cut = (reason: CutReason): void => {
    if (socket.destroyed) return;
    events.onCut(reason);
    socket.destroy();
  };
  const first = patience && setTimeout(() => cut("silent"), patience.firstFrameWithinMs);
  const rest = patience && setTimeout(() => (isResting = true), patience.restingAfterMs);
  const endWaiting = (): void => {
    clearTimeout(first);
    clearTimeout(rest);
  };
  const heard = (): void => {
    clearTimeout(first);
    isResting = false;
    rest?.refresh();
  };
  socket.setNoDelay(true);
  socket.setKeepAlive(true, keepAliveAfterMs);
  socket.on("data", (bytes) => {
    if (socket.destroyed) return;
    const frames = events.onBytes(bytes);
    uselessBytes = frames > 0 ? 0 : uselessBytes + bytes.length;
    if (frames > 0) heard();
    if (uselessBytes > uselessBytesMax) cut("useless");
  });
  // What went wrong is told by the closing that follows.
  socket.on("error", () => socket.destroy());
  socket.once("end", () => socket.destroy());
  socket.once("close", () => {
    endWaiting();
    events.onClosed();
  });
  return {
    get isResting() {
      return isResting;
    },
    giveWay: () => {
      isResting = false;
      cut("resting");
    },
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
