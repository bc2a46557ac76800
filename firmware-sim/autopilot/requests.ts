// What others ask of the simulated vehicle: reads one datagram as one request. Called by the
// session. Read with node-mavlink, so that the server's own encoder is not judged by its own code.
import { common, minimal, type MavLinkData } from "mavlink-mappings";
import { MavLinkProtocolV2, MSG_ID_MAGIC_NUMBER, x25crc } from "node-mavlink";

/** Who asks: system and component of a ground station. */
export interface Asker {
  readonly sysid: number;
  readonly compid: number;
}

export interface Request {
  readonly from: Asker;
  readonly message: MavLinkData;
}

type Kind = (new () => MavLinkData) & { readonly MSG_ID: number };

const kinds: readonly Kind[] = [
  common.CommandLong,
  common.CommandInt,
  // Deprecated in MAVLink, but what many ground stations still send.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  common.RequestDataStream,
  common.MissionCount,
  common.MissionItemInt,
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  common.MissionRequest,
  common.MissionRequestInt,
  common.MissionRequestList,
  common.MissionClearAll,
  common.MissionAck,
  minimal.Heartbeat,
];
const kindById = new Map(kinds.map((kind) => [kind.MSG_ID, kind]));
const frameBytesMin = 12;

/**
 * Reads one datagram that holds one whole MAVLink 2 frame of a kind this vehicle answers, addressed
 * to `sysid`, to everybody (system 0) or to nobody in particular. Anything else, damage included,
 * is undefined.
 */
export function readRequest(datagram: Uint8Array, sysid: number): Request | undefined {
  const bytes = Buffer.from(datagram);
  if (bytes.length < frameBytesMin || bytes[0] !== MavLinkProtocolV2.START_BYTE) return undefined;
  const protocol = new MavLinkProtocolV2();
  const header = protocol.header(bytes);
  if (bytes.length !== frameBytesMin + header.payloadLength) return undefined;
  const magic = MSG_ID_MAGIC_NUMBER[String(header.msgid)];
  const kind = kindById.get(header.msgid);
  if (magic === undefined || kind === undefined) return undefined;
  if (x25crc(bytes, 1, 2, magic) !== protocol.crc(bytes)) return undefined;
  const message = protocol.data<MavLinkData>(protocol.payload(bytes), kind as never);
  return isFor(message, sysid)
    ? { from: { sysid: header.sysid, compid: header.compid }, message }
    : undefined;
}

function isFor(message: MavLinkData, sysid: number): boolean {
  const target: unknown = "targetSystem" in message ? message.targetSystem : 0;
  return target === 0 || target === sysid;
}
