// Another implementation of the decoder, node-mavlink, to compare ours with and to measure it by.

import { ardupilotmega, common, icarous, minimal, standard, uavionix } from "mavlink-mappings";
import { MavLinkPacketParser, MavLinkPacketSplitter } from "node-mavlink";
import type { MavLinkPacket } from "node-mavlink";

const registry = {
  ...minimal.REGISTRY,
  ...standard.REGISTRY,
  ...common.REGISTRY,
  ...ardupilotmega.REGISTRY,
  ...uavionix.REGISTRY,
  ...icarous.REGISTRY,
};

export interface ForeignMessage {
  readonly messageId: number;
  readonly name: string;
  /** By the names of the message definition XML. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Splits, checks and decodes the datagrams, each written to the stream alone. */
export async function readWithNodeMavlink(
  datagrams: readonly Uint8Array[],
  onMessage: (packet: MavLinkPacket, message: object) => void,
): Promise<void> {
  const { splitter, parser } = openReader(onMessage);
  const ended = new Promise<void>((resolve) => parser.on("end", resolve));
  for (const datagram of datagrams) {
    const { buffer, byteOffset, length } = datagram;
    if (!splitter.write(Buffer.from(buffer, byteOffset, length))) {
      await new Promise<void>((resolve) => splitter.once("drain", resolve));
    }
  }
  splitter.end();
  await ended;
}

/** The same for datagrams that come one by one. */
export function openNodeMavlink(
  onMessage: (packet: MavLinkPacket, message: object) => void,
): MavLinkPacketSplitter {
  return openReader(onMessage).splitter;
}

function openReader(onMessage: (packet: MavLinkPacket, message: object) => void) {
  const splitter = new MavLinkPacketSplitter();
  const parser = splitter.pipe(new MavLinkPacketParser());
  parser.on("data", (packet: MavLinkPacket) => {
    const message = registry[packet.header.msgid];
    if (message) onMessage(packet, packet.protocol.data(packet.payload, message));
  });
  return { splitter, parser };
}

/** The message with the field names of the message definition XML. */
export function toForeignMessage(packet: MavLinkPacket, message: object): ForeignMessage {
  const definition = registry[packet.header.msgid];
  const values = message as Readonly<Record<string, unknown>>;
  return {
    messageId: packet.header.msgid,
    name: definition?.MSG_NAME ?? "",
    fields: Object.fromEntries(
      (definition?.FIELDS ?? []).map(({ source, name }) => [source, values[name]]),
    ),
  };
}
