// One TCP address of ingest that routers connect to. Opened by listeners.ts.
import type { SocketAddress } from "../config.ts";
import type { Log } from "../log.ts";
import { openTcpListener } from "../mavlink/tcp-listener.ts";
import { addressName, type IncomingBytes, type OpenListener } from "./listener.ts";

export async function listenByTcp(
  address: SocketAddress,
  incoming: Pick<IncomingBytes, "onStream" | "onStreamEnd">,
  log: Log,
): Promise<OpenListener> {
  let name = "";
  let refused = 0;
  let cutSlow = 0;
  let sendErrors = 0;
  const listener = await openTcpListener(address, {
    onBytes: (bytes, from) => incoming.onStream(bytes, { listener: name, ...from }),
    onClosed: (from) => incoming.onStreamEnd({ listener: name, ...from }),
    onRefused: (from) => {
      if (refused++ % 100 === 0) log.warn("TCP: too many connections.", { ...from, refused });
    },
    onCut: (from, reason) => {
      if (reason === "slow") cutSlow += 1;
      else refused += 1;
      log.warn("TCP: a connection is cut.", { ...from, reason, listener: name });
    },
  });
  name = `tcp:${addressName(listener.address())}`;
  return {
    name,
    send: (bytes, to) => {
      if (!listener.send(bytes, to)) sendErrors += 1;
    },
    counters: () => ({
      name,
      kind: "tcpServer",
      receiveBufferBytes: null,
      isBufferCut: false,
      kernelDrops: null,
      connections: listener.connectionCount,
      refused,
      cutSlow,
      sendErrors,
    }),
    close: () => listener.close(),
  };
}
