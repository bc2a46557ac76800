// One router that ingest connects to by TCP, and connects to again. Opened by listeners.ts.
import type { SocketAddress } from "../config.ts";
import type { Log } from "../log.ts";
import { openTcpConnector } from "../mavlink/tcp-connector.ts";
import type { LinkAddress } from "../telemetry/ports.ts";
import { addressName, type IncomingBytes, type OpenListener } from "./listener.ts";

export function connectByTcp(
  address: SocketAddress,
  incoming: Pick<IncomingBytes, "onStream" | "onStreamEnd">,
  log: Log,
): OpenListener {
  const name = `tcp-out:${addressName(address)}`;
  const link: LinkAddress = { listener: name, address: address.host, port: address.port };
  let wasUp = true;
  let refused = 0;
  let cutSlow = 0;
  let sendErrors = 0;
  const connector = openTcpConnector(address, {
    onUp: () => {
      wasUp = true;
      log.info("TCP: connected to a router.", { listener: name });
    },
    onBytes: (bytes) => incoming.onStream(bytes, link),
    onCut: (reason) => {
      if (reason === "slow") cutSlow += 1;
      else refused += 1;
    },
    onDown: (waitMs) => {
      incoming.onStreamEnd(link);
      // Told once, not at every try.
      if (wasUp) log.warn("TCP: no connection to a router; trying on.", { listener: name, waitMs });
      wasUp = false;
    },
  });
  return {
    name,
    send: (bytes) => {
      if (!connector.send(bytes)) sendErrors += 1;
    },
    counters: () => ({
      name,
      kind: "tcpClient",
      receiveBufferBytes: null,
      isBufferCut: false,
      kernelDrops: null,
      connections: connector.isUp ? 1 : 0,
      refused,
      refusedByShare: 0,
      cutSlow,
      cutSilent: 0,
      sendErrors,
    }),
    close: () => {
      connector.close();
      return Promise.resolve();
    },
  };
}
