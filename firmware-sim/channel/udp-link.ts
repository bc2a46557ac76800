// A vehicle's UDP link: it sends first, from a port of its own, to the server, and hears only what
// comes back to that port. Called by the command line.
import { createSocket } from "node:dgram";

export interface UdpLink {
  send(frame: Uint8Array): void;
  close(): Promise<void>;
}

/**
 * Opens a link to `host:port`. A refused datagram (nobody listens yet) is no error for a drone.
 *
 * @param onDatagram Called with each datagram received.
 */
export function openUdpLink(
  host: string,
  port: number,
  onDatagram: (bytes: Uint8Array) => void,
): UdpLink {
  const socket = createSocket("udp4");
  socket.on("message", (bytes) => {
    onDatagram(bytes);
  });
  socket.on("error", () => undefined);
  return {
    send(frame) {
      socket.send(frame, port, host, () => undefined);
    },
    close: () =>
      new Promise((resolve) => {
        socket.close(() => {
          resolve();
        });
      }),
  };
}
