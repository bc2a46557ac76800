// The UDP sockets of ingest, one for each address of MAVLINK_UDP. Called by server/ingest/main.ts.
import type { UdpAddress } from "../config.ts";
import type { Log } from "../log.ts";
import { openUdpEndpoint, type UdpEndpoint } from "../mavlink/udp-endpoint.ts";
import type { LinkAddress } from "../telemetry/ports.ts";

export interface Listeners {
  /** Where they listen, as "127.0.0.1:14550", port 0 resolved. */
  readonly names: readonly string[];
  /** Sends one datagram by the socket that the link came in by. */
  send(bytes: Uint8Array, to: LinkAddress): void;
  close(): Promise<void>;
}

/** Listening; or one address cannot be had, and the reason is one line for a person. */
export type Listening =
  | { readonly kind: "listening"; readonly listeners: Listeners }
  | { readonly kind: "failed"; readonly reason: string };

/** @param onDatagram Is given one LinkAddress object a sender, the same for all its datagrams. */
export async function listenForDatagrams(
  addresses: readonly UdpAddress[],
  receiveBufferBytes: number,
  onDatagram: (bytes: Uint8Array, from: LinkAddress) => void,
  log: Log,
): Promise<Listening> {
  const endpoints = new Map<string, UdpEndpoint>();
  const closeAll = async (): Promise<void> => {
    await Promise.all([...endpoints.values()].map((endpoint) => endpoint.close()));
  };
  for (const { host, port } of addresses) {
    let listener = "";
    try {
      const endpoint = await openUdpEndpoint(
        { host, port, receiveBufferBytes },
        (bytes, address, fromPort) => onDatagram(bytes, { listener, address, port: fromPort }),
        (error) => log.warn("UDP", { error, listener }),
      );
      listener = nameOf(endpoint.address());
      endpoints.set(listener, endpoint);
      warnOfSmallBuffer(endpoint.receiveBufferBytes, receiveBufferBytes, log);
    } catch (error) {
      await closeAll();
      return { kind: "failed", reason: reasonOf(error, nameOf({ host, port })) };
    }
  }
  const listeners = {
    names: [...endpoints.keys()],
    send: (bytes: Uint8Array, { listener, address, port }: LinkAddress) =>
      endpoints.get(listener)?.send(bytes, address, port),
    close: closeAll,
  };
  return { kind: "listening", listeners };
}

function nameOf({ host, port }: { host: string; port: number }): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function reasonOf(error: unknown, name: string): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const found =
    code === "EADDRINUSE"
      ? "another program listens there"
      : error instanceof Error
        ? error.message
        : String(error);
  return `MAVLINK_UDP is "${name}"; allowed: a free address of this machine; ${found}.`;
}

/** Half a second of a busy site; a small buffer loses datagrams whenever the machine is busy. */
function warnOfSmallBuffer(given: number, asked: number, log: Log): void {
  if (given >= asked) return;
  log.warn("The system gives a small UDP receive buffer; raise net.core.rmem_max.", {
    given,
    asked,
  });
}
