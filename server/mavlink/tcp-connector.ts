// A TCP connection to a router that we make and make again. Opened by server/ingest/listeners.ts,
// once for each address of MAVLINK_TCP_CONNECT.
import { connect } from "node:net";
import { takeConnection, type CutReason, type TcpConnection } from "./tcp-connection.ts";

/** Waits before connecting again: doubled at each failure, from the first to the last. */
export const reconnectMs = { first: 500, max: 30_000 } as const;
/** A connection that does not come about in so long is given up and tried again. */
const connectTimeoutMs = 10_000;

export interface TcpConnectorEvents {
  readonly onUp: () => void;
  /** A piece of the stream; returns the frames found in it. */
  readonly onBytes: (bytes: Uint8Array) => number;
  readonly onCut: (reason: CutReason) => void;
  /** The stream has ended, or could not be had; it is tried again after `waitMs`. */
  readonly onDown: (waitMs: number) => void;
}

export interface TcpConnector {
  /** False while there is no connection, and where it had to be cut. */
  send(bytes: Uint8Array): boolean;
  readonly isUp: boolean;
  close(): void;
}

export function openTcpConnector(
  { host, port }: { readonly host: string; readonly port: number },
  events: TcpConnectorEvents,
): TcpConnector {
  let connection: TcpConnection | undefined;
  let failures = 0;
  let isUp = false;
  let isClosed = false;
  let retry: NodeJS.Timeout | undefined;

  function open(): void {
    const socket = connect({ host, port });
    const timer = setTimeout(() => socket.destroy(), connectTimeoutMs);
    socket.once("connect", () => {
      clearTimeout(timer);
      isUp = true;
      events.onUp();
    });
    connection = takeConnection(socket, {
      onBytes: (bytes) => {
        const frames = events.onBytes(bytes);
        // Who accepts and says nothing of use is not asked again at once.
        if (frames > 0) failures = 0;
        return frames;
      },
      onCut: events.onCut,
      onClosed: () => {
        clearTimeout(timer);
        isUp = false;
        if (isClosed) return;
        const waitMs = Math.min(reconnectMs.first * 2 ** failures, reconnectMs.max);
        failures += 1;
        events.onDown(waitMs);
        retry = setTimeout(open, waitMs);
      },
    });
  }

  open();
  return {
    send: (bytes) => isUp && (connection?.send(bytes) ?? false),
    get isUp() {
      return isUp;
    },
    close: () => {
      isClosed = true;
      clearTimeout(retry);
      connection?.close();
    },
  };
}
