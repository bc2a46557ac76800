// One UDP address of ingest, with what the system says of it. Opened by listeners.ts.
import type { SocketAddress } from "../config.ts";
import type { Log } from "../log.ts";
import { readKernelDrops } from "../mavlink/kernel-drops.ts";
import { openUdpEndpoint } from "../mavlink/udp-endpoint.ts";
import { addressName, type IncomingBytes, type OpenListener } from "./listener.ts";

/** @param incoming Is given one datagram at a time. */
export async function listenByUdp(
  { host, port }: SocketAddress,
  receiveBufferBytes: number,
  incoming: Pick<IncomingBytes, "onDatagram">,
  log: Log,
): Promise<OpenListener> {
  let name = "";
  let sendErrors = 0;
  const endpoint = await openUdpEndpoint(
    { host, port, receiveBufferBytes },
    (bytes, address, fromPort) =>
      incoming.onDatagram(bytes, { listener: name, address, port: fromPort }),
    (error) => {
      // A drone that is gone fails every send: the first failure and every hundredth are told.
      if (sendErrors++ % 100 === 0) log.warn("UDP", { error, listener: name, sendErrors });
    },
  );
  const bound = endpoint.address();
  name = addressName(bound);
  const given = endpoint.receiveBufferBytes;
  const isBufferCut = given < receiveBufferBytes;
  if (isBufferCut) {
    // Half a second of a busy site; a small one loses datagrams whenever the machine is busy.
    const facts = { listener: name, given, asked: receiveBufferBytes };
    log.warn("The system gives a small UDP receive buffer; raise net.core.rmem_max.", facts);
  }
  return {
    name,
    send: (bytes, { address, port: toPort }) => endpoint.send(bytes, address, toPort),
    counters: () => ({
      name,
      kind: "udp",
      receiveBufferBytes: given,
      isBufferCut,
      kernelDrops: readKernelDrops(bound.host, bound.port) ?? null,
      connections: 0,
      refused: 0,
      refusedByShare: 0,
      cutSlow: 0,
      cutSilent: 0,
      sendErrors,
    }),
    close: () => endpoint.close(),
  };
}
