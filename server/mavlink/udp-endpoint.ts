// One UDP socket for MAVLink: bytes in with their sender, bytes out. Knows no frames.
// Opened by the ingest process, once for each configured address.

import { createSocket } from "node:dgram";
import type { Socket } from "node:dgram";
import { once } from "node:events";
import { platform } from "node:os";

export interface UdpEndpointOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Asked of the system, which may give less: read `UdpEndpoint.receiveBufferBytes`. */
  readonly receiveBufferBytes: number;
}

export interface UdpEndpoint {
  /** Sends one datagram; a failure is told to `onError` and never thrown. */
  send(bytes: Uint8Array, address: string, port: number): void;
  address(): { readonly host: string; readonly port: number };
  /** What the system gave to data. */
  readonly receiveBufferBytes: number;
  close(): Promise<void>;
}

/**
 * Binds the socket; rejects with the system's error when it cannot (port in use, no such address).
 *
 * @param onDatagram is called for each datagram; the bytes are the callee's to keep
 * @param onError is told of errors of the socket and of sending, after which it goes on
 */
export async function openUdpEndpoint(
  { host, port, receiveBufferBytes }: UdpEndpointOptions,
  onDatagram: (bytes: Uint8Array, address: string, port: number) => void,
  onError: (error: Error) => void,
): Promise<UdpEndpoint> {
  const socket = createSocket({ type: host.includes(":") ? "udp6" : "udp4" });
  try {
    socket.bind(port, host);
    await once(socket, "listening"); // an "error" before that rejects
  } catch (error) {
    socket.close();
    throw error;
  }
  socket.on("error", onError);
  socket.on("message", (bytes, sender) => {
    onDatagram(bytes, sender.address, sender.port);
  });
  const given = setReceiveBuffer(socket, receiveBufferBytes, onError);
  let closed: Promise<void> | undefined;
  return {
    send: (bytes, address, toPort) => {
      try {
        socket.send(bytes, toPort, address, (error) => {
          if (error) onError(error);
        });
      } catch (error) {
        onError(error instanceof Error ? error : new Error(String(error)));
      }
    },
    address: () => ({ host: socket.address().address, port: socket.address().port }),
    receiveBufferBytes: given,
    close: () =>
      (closed ??= new Promise((resolve) =>
        socket.close(() => {
          resolve();
        }),
      )),
  };
}

function setReceiveBuffer(socket: Socket, bytes: number, onError: (error: Error) => void): number {
  try {
    socket.setRecvBufferSize(bytes);
  } catch (error) {
    onError(error instanceof Error ? error : new Error(String(error)));
  }
  // Linux reserves as much again for its own use, and says the sum.
  return platform() === "linux" ? socket.getRecvBufferSize() / 2 : socket.getRecvBufferSize();
}
