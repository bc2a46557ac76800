// What the sockets of ingest have in common. Spoken by listeners.ts and udp-in, tcp-in and tcp-out.
import type { ListenerCounters } from "../../contract/wire/live-status.ts";
import type { SocketAddress } from "../config.ts";
import type { LinkAddress } from "../telemetry/ports.ts";

/** Where what comes in goes. */
export interface IncomingBytes {
  /** One datagram. */
  onDatagram(bytes: Uint8Array, from: LinkAddress): void;
  /** The next piece of a stream; returns the frames found in it. */
  onStream(bytes: Uint8Array, from: LinkAddress): number;
  /** The stream has ended; the next piece from there begins another. */
  onStreamEnd(from: LinkAddress): void;
}

/** One socket that links come in by. */
export interface OpenListener {
  readonly name: string;
  send(bytes: Uint8Array, to: LinkAddress): void;
  counters(): ListenerCounters;
  close(): Promise<void>;
}

/** As people write it. */
export function addressName({ host, port }: SocketAddress): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
