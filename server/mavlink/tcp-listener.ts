// A TCP server for MAVLink: routers and drones connect to it. Opened by server/ingest/listeners.ts,
// once for each address of MAVLINK_TCP_LISTEN.
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import {
  firstFrameWithinMs,
  restingAfterMs,
  takeConnection,
  type CutReason,
  type TcpConnection,
  type TcpPatience,
} from "./tcp-connection.ts";

/** Connections at a time; one more is turned away, where none that rests gives way. */
export const tcpConnectionsMax = 64;
/** Of those, so many from one address: a router of many drones, but never all places. */
export const tcpConnectionsPerAddressMax = 32;

/** Who is at the other end. */
export interface TcpRemote {
  readonly address: string;
  readonly port: number;
}

/** Why one was turned away: no place is left, or its address has its share. */
export type RefusedReason = "full" | "addressShare";

interface Place {
  readonly address: string;
  readonly connection: TcpConnection;
}

export interface TcpListenerEvents {
  /** A piece of one connection's stream; returns the frames found in it. */
  readonly onBytes: (bytes: Uint8Array, from: TcpRemote) => number;
  readonly onClosed: (from: TcpRemote) => void;
  readonly onRefused: (from: TcpRemote, reason: RefusedReason) => void;
  readonly onCut: (from: TcpRemote, reason: CutReason) => void;
}

export interface TcpListener {
  /** False where no such connection is open or it had to be cut. */
  send(bytes: Uint8Array, to: TcpRemote): boolean;
  address(): { readonly host: string; readonly port: number };
  readonly connectionCount: number;
  close(): Promise<void>;
}

/** Rejects with the system's error when it cannot listen there. */
export async function openTcpListener(
  { host, port }: { readonly host: string; readonly port: number },
  events: TcpListenerEvents,
  patience: TcpPatience = { firstFrameWithinMs, restingAfterMs },
): Promise<TcpListener> {
  const connections = new Map<string, Place>();
  const accept = (socket: Socket): void => {
    const { remoteAddress: address, remotePort } = socket;
    if (address === undefined || remotePort === undefined) {
      socket.destroy();
      return;
    }
    const remote: TcpRemote = { address, port: remotePort };
    const places = [...connections.values()];
    const isFull = places.length >= tcpConnectionsMax;
    const ofAddress = places.filter((place) => place.address === address);
    const isOverShare = ofAddress.length >= tcpConnectionsPerAddressMax;
    // The open ones stand in the order they came.
    const resting = (isOverShare ? ofAddress : places).find(({ connection: one }) => one.isResting);
    if ((isFull || isOverShare) && resting === undefined) {
      socket.destroy();
      events.onRefused(remote, isOverShare ? "addressShare" : "full");
      return;
    }
    if (isFull || isOverShare) resting?.connection.giveWay();
    const connection = takeConnection(
      socket,
      {
        onBytes: (bytes) => events.onBytes(bytes, remote),
        onCut: (reason) => events.onCut(remote, reason),
        onClosed: () => {
          connections.delete(keyOf(remote));
          events.onClosed(remote);
        },
      },
      patience,
    );
    connections.set(keyOf(remote), { address, connection });
  };
  const server = createServer(accept);
  server.listen(port, host);
  await once(server, "listening"); // an "error" before that rejects
  const bound = server.address() as AddressInfo;
  return {
    send: (bytes, to) => connections.get(keyOf(to))?.connection.send(bytes) ?? false,
    address: () => ({ host: bound.address, port: bound.port }),
    get connectionCount() {
      return connections.size;
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const { connection } of connections.values()) connection.close();
      await closed;
    },
  };
}

function keyOf({ address, port }: TcpRemote): string {
  return `${address} ${port}`;
}
