// A TCP server for MAVLink: routers and drones connect to it. Opened by server/ingest/listeners.ts,
// once for each address of MAVLINK_TCP_LISTEN.
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { takeConnection, type CutReason, type TcpConnection } from "./tcp-connection.ts";

/** Connections at a time; one more is turned away. */
export const tcpConnectionsMax = 64;

/** Who is at the other end. */
export interface TcpRemote {
  readonly address: string;
  readonly port: number;
}

export interface TcpListenerEvents {
  /** A piece of one connection's stream; returns the frames found in it. */
  readonly onBytes: (bytes: Uint8Array, from: TcpRemote) => number;
  readonly onClosed: (from: TcpRemote) => void;
  readonly onRefused: (from: TcpRemote) => void;
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
): Promise<TcpListener> {
  const connections = new Map<string, TcpConnection>();
  const accept = (socket: Socket): void => {
    const { remoteAddress: address, remotePort } = socket;
    if (address === undefined || remotePort === undefined) {
      socket.destroy();
      return;
    }
    const remote: TcpRemote = { address, port: remotePort };
    if (connections.size >= tcpConnectionsMax) {
      socket.destroy();
      events.onRefused(remote);
      return;
    }
    const connection = takeConnection(socket, {
      onBytes: (bytes) => events.onBytes(bytes, remote),
      onCut: (reason) => events.onCut(remote, reason),
      onClosed: () => {
        connections.delete(keyOf(remote));
        events.onClosed(remote);
      },
    });
    connections.set(keyOf(remote), connection);
  };
  const server = createServer(accept);
  server.listen(port, host);
  await once(server, "listening"); // an "error" before that rejects
  const bound = server.address() as AddressInfo;
  return {
    send: (bytes, to) => connections.get(keyOf(to))?.send(bytes) ?? false,
    address: () => ({ host: bound.address, port: bound.port }),
    get connectionCount() {
      return connections.size;
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const connection of connections.values()) connection.close();
      await closed;
    },
  };
}

function keyOf({ address, port }: TcpRemote): string {
  return `${address} ${port}`;
}
