// The sockets of ingest: UDP for each address of MAVLINK_UDP, TCP for those of MAVLINK_TCP_LISTEN
// and MAVLINK_TCP_CONNECT. Called by server/ingest/main.ts.
import type { ListenerCounters } from "../../contract/wire/live-status.ts";
import type { SocketAddress } from "../config.ts";
import type { Log } from "../log.ts";
import type { LinkAddress } from "../telemetry/ports.ts";
import { addressName, type IncomingBytes, type OpenListener } from "./listener.ts";
import { connectByTcp } from "./tcp-out.ts";
import { listenByTcp } from "./tcp-in.ts";
import { listenByUdp } from "./udp-in.ts";

export interface ListenerAddresses {
  readonly udp: readonly SocketAddress[];
  readonly tcpListen: readonly SocketAddress[];
  readonly tcpConnect: readonly SocketAddress[];
  /** Asked of the system for each UDP socket. */
  readonly receiveBufferBytes: number;
}

export interface Listeners {
  /** Where they listen, as "127.0.0.1:14550" and "tcp:127.0.0.1:5760", port 0 resolved. */
  readonly names: readonly string[];
  /** Sends by the socket that the link came in by. */
  send(bytes: Uint8Array, to: LinkAddress): void;
  counters(): ListenerCounters[];
  close(): Promise<void>;
}

/** Listening; or one address cannot be had, and the reason is one line for a person. */
export type Listening =
  | { readonly kind: "listening"; readonly listeners: Listeners }
  | { readonly kind: "failed"; readonly reason: string };

export async function openListeners(
  { udp, tcpListen, tcpConnect, receiveBufferBytes }: ListenerAddresses,
  incoming: IncomingBytes,
  log: Log,
): Promise<Listening> {
  const open = new Map<string, OpenListener>();
  const closeAll = async (): Promise<void> => {
    await Promise.all([...open.values()].map((listener) => listener.close()));
  };
  const steps = [
    ...udp.map((address) => ({
      setting: "MAVLINK_UDP",
      address,
      start: () => listenByUdp(address, receiveBufferBytes, incoming, log),
    })),
    ...tcpListen.map((address) => ({
      setting: "MAVLINK_TCP_LISTEN",
      address,
      start: () => listenByTcp(address, incoming, log),
    })),
  ];
  for (const { setting, address, start } of steps) {
    try {
      const listener = await start();
      open.set(listener.name, listener);
    } catch (error) {
      await closeAll();
      return { kind: "failed", reason: reasonOf(error, setting, addressName(address)) };
    }
  }
  for (const address of tcpConnect) {
    const connector = connectByTcp(address, incoming, log);
    open.set(connector.name, connector);
  }
  const listeners = {
    names: [...open.keys()],
    send: (bytes: Uint8Array, to: LinkAddress) => open.get(to.listener)?.send(bytes, to),
    counters: () => [...open.values()].map((listener) => listener.counters()),
    close: closeAll,
  };
  return { kind: "listening", listeners };
}

function reasonOf(error: unknown, setting: string, name: string): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const found =
    code === "EADDRINUSE"
      ? "another program listens there"
      : error instanceof Error
        ? error.message
        : String(error);
  return `${setting} is "${name}"; allowed: a free address of this machine; ${found}.`;
}
