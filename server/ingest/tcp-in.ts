// One TCP address of ingest that routers connect to. Opened by listeners.ts.
import type { SocketAddress } from "../config.ts";
import type { Log } from "../log.ts";
import { openTcpListener } from "../mavlink/tcp-listener.ts";
import { addressName, type IncomingBytes, type OpenListener } from "./listener.ts";

/** Of what strangers may cause without end one in so many is logged. */
const toldEvery = 100;

export async function listenByTcp(
  address: SocketAddress,
  incoming: Pick<IncomingBytes, "onStream" | "onStreamEnd">,
  log: Log,
): Promise<OpenListener> {
  let name = "";
  let refused = 0;
  let refusedByShare = 0;
  let cutSlow = 0;
  let cutSilent = 0;
  let sendErrors = 0;
  const listener = await openTcpListener(address, {
    onBytes: (bytes, from) => incoming.onStream(bytes, { listener: name, ...from }),
    onClosed: (from) => incoming.onStreamEnd({ listener: name, ...from }),
    onRefused: (from, reason) => {
      const told = refused + refusedByShare;
      if (reason === "full") refused += 1;
      else refusedByShare += 1;
      if (told % toldEvery === 0) {
        log.warn("TCP: too many connections.", { ...from, reason, refused, refusedByShare });
      }
    },
    onCut: (from, reason) => {
      const told = cutSilent;
      if (reason === "slow") cutSlow += 1;
      else if (reason === "useless") refused += 1;
      else cutSilent += 1;
      // Who connects and says nothing may do so without end.
      if (cutSilent > told && told % toldEvery !== 0) return;
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
      refusedByShare,
      cutSlow,
      cutSilent,
      sendErrors,
    }),
    close: () => listener.close(),
  };
}
