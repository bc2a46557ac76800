// Reads one MAVLink frame at a given place in a buffer and says why there is none, if so.
// The one judge of what a valid frame is: datagrams and tlogs are both read through it.
// https://mavlink.io/en/guide/serialization.html

import type { DropReason } from "../domain/flight/frame-tally.ts";
import { dialect } from "./dialect.ts";
import type { MessageDefinition } from "./message-definition.ts";
import { crcX25, crcX25Byte } from "./x25.ts";

export const startByteV1 = 0xfe;
export const startByteV2 = 0xfd;
/** What a signed frame has behind its checksum: link id, 48-bit timestamp, 48-bit signature. */
const signatureBytes = 13;

const headerBytesV1 = 6;
const headerBytesV2 = 10;
const checksumBytes = 2;
const incompatSigned = 0x01;

/** The longest frame there is: a signed one in MAVLink 2 with a full payload. */
export const frameBytesMax = headerBytesV2 + 255 + checksumBytes + signatureBytes;

/** One valid frame: a place in someone else's buffer, not a copy. */
export interface FrameView {
  readonly bytes: Uint8Array;
  /** The frame is `bytes[start, end)`, signature included. */
  readonly start: number;
  readonly end: number;
  readonly version: 1 | 2;
  readonly sysid: number;
  readonly compid: number;
  readonly sequence: number;
  readonly messageId: number;
  /** 0 in MAVLink 1. */
  readonly incompatFlags: number;
  /** The frame carries a signature. Nothing is said of whether it is right. */
  readonly signed: boolean;
  readonly payloadStart: number;
  /** As on the wire: MAVLink 2 cuts zeros off the end. */
  readonly payloadLength: number;
  /** Undefined for an id that the dialect does not know. */
  readonly definition: MessageDefinition | undefined;
}

export type MutableFrameView = { -readonly [K in keyof FrameView]: FrameView[K] };

/** A view to read into, used again for every frame. */
export function createFrameView(): MutableFrameView {
  return {
    bytes: new Uint8Array(0),
    start: 0,
    end: 0,
    version: 2,
    sysid: 0,
    compid: 0,
    sequence: 0,
    messageId: 0,
    incompatFlags: 0,
    signed: false,
    payloadStart: 0,
    payloadLength: 0,
    definition: undefined,
  };
}

/**
 * Reads the frame that starts at `bytes[at]` into `frame`.
 *
 * "frame": valid, checksum right. "unknownMessage": a whole frame as far as its length byte can be
 * believed, but without the message's definition the checksum cannot be tested. Otherwise the
 * reason why there is no frame; `frame.end` is then where it would have ended by its own length
 * (for "notMavlink", and a header cut short, it is `limit`; for a signature cut short by another
 * frame, where that one starts).
 *
 * @param limit where the readable bytes end
 */
export function readFrameAt(
  bytes: Uint8Array,
  at: number,
  limit: number,
  frame: MutableFrameView,
): "frame" | DropReason {
  frame.bytes = bytes;
  frame.start = at;
  frame.end = limit;
  const startByte = bytes[at];
  if (startByte === startByteV1) return readV1(bytes, at, limit, frame);
  if (startByte !== startByteV2) return "notMavlink";
  const outcome = readV2(bytes, at, limit, frame);
  if (outcome !== "frame" || !frame.signed) return outcome;
  // The checksum ends before the signature. One that was cut off takes its bytes from the frame
  // behind it: where a valid frame starts within a signature, this is no whole frame.
  const inner = signatureStarts(bytes, frame, limit, "frame");
  if (inner === undefined) return "frame";
  frame.end = inner;
  return "truncated";
}

/** True where bytes to come may show that this signed frame's signature was cut off. */
export function isSignatureOpen(bytes: Uint8Array, frame: FrameView): boolean {
  return frame.signed && signatureStarts(bytes, frame, bytes.length, "truncated") !== undefined;
}

// Looks ahead without disturbing the caller's view.
const innerFrame = createFrameView();

/** The first place within the signature where reading a frame comes out so. */
function signatureStarts(
  bytes: Uint8Array,
  { end }: FrameView,
  limit: number,
  wanted: "frame" | "truncated",
): number | undefined {
  for (let at = end - signatureBytes; at < end; at++) {
    const startByte = bytes[at];
    if (startByte !== startByteV2 && startByte !== startByteV1) continue;
    innerFrame.end = limit;
    const read = startByte === startByteV2 ? readV2 : readV1;
    const outcome = read(bytes, at, limit, innerFrame);
    if (outcome !== wanted) continue;
    if (outcome === "frame" || refusalByHeader(bytes, at) === undefined) return at;
  }
  return undefined;
}

/**
 * Of a frame that `readFrameAt` called "truncated": why it can be none whatever bytes may follow,
 * by its header. Undefined where it may become one, and where its header has not come whole.
 * A length byte is worth waiting for only with the id of a message that is known.
 */
export function refusalByHeader(bytes: Uint8Array, at: number): DropReason | undefined {
  if (bytes[at] === startByteV2) {
    if (at + headerBytesV2 + checksumBytes > bytes.length) return undefined;
    return dialect.byId(idV2(bytes, at)) ? undefined : "unknownMessage";
  }
  if (at + headerBytesV1 + checksumBytes > bytes.length) return undefined;
  const definition = dialect.byId(bytes[at + 5] as number);
  if (!definition) return "unknownMessage";
  return bytes[at + 1] === definition.baseLength ? undefined : "crc";
}

function idV2(bytes: Uint8Array, at: number): number {
  const high = ((bytes[at + 8] as number) << 8) | ((bytes[at + 9] as number) << 16);
  return (bytes[at + 7] as number) | high;
}

function readV2(
  bytes: Uint8Array,
  at: number,
  limit: number,
  frame: MutableFrameView,
): "frame" | DropReason {
  if (at + headerBytesV2 + checksumBytes > limit) return "truncated";
  const incompatFlags = bytes[at + 2] as number;
  const payloadLength = bytes[at + 1] as number;
  const payloadStart = at + headerBytesV2;
  const signed = (incompatFlags & incompatSigned) !== 0;
  const checksumAt = payloadStart + payloadLength;
  frame.end = checksumAt + checksumBytes + (signed ? signatureBytes : 0);
  // A flag we do not know may change anything, the length included: the frame must be discarded.
  if ((incompatFlags & ~incompatSigned) !== 0) return "incompatFlags";
  if (frame.end > limit) return "truncated";
  frame.version = 2;
  frame.incompatFlags = incompatFlags;
  frame.signed = signed;
  frame.sequence = bytes[at + 4] as number;
  frame.sysid = bytes[at + 5] as number;
  frame.compid = bytes[at + 6] as number;
  frame.messageId = idV2(bytes, at);
  frame.payloadStart = payloadStart;
  frame.payloadLength = payloadLength;
  return judge(bytes, at, checksumAt, frame);
}

function readV1(
  bytes: Uint8Array,
  at: number,
  limit: number,
  frame: MutableFrameView,
): "frame" | DropReason {
  if (at + headerBytesV1 + checksumBytes > limit) return "truncated";
  const payloadLength = bytes[at + 1] as number;
  const payloadStart = at + headerBytesV1;
  const checksumAt = payloadStart + payloadLength;
  frame.end = checksumAt + checksumBytes;
  if (frame.end > limit) return "truncated";
  frame.version = 1;
  frame.incompatFlags = 0;
  frame.signed = false;
  frame.sequence = bytes[at + 2] as number;
  frame.sysid = bytes[at + 3] as number;
  frame.compid = bytes[at + 4] as number;
  frame.messageId = bytes[at + 5] as number;
  frame.payloadStart = payloadStart;
  frame.payloadLength = payloadLength;
  return judge(bytes, at, checksumAt, frame);
}

function judge(
  bytes: Uint8Array,
  at: number,
  checksumAt: number,
  frame: MutableFrameView,
): "frame" | DropReason {
  const definition = dialect.byId(frame.messageId);
  frame.definition = definition;
  if (!definition) return "unknownMessage";
  // MAVLink 1 cuts nothing off and adds nothing, so another length is no such message. It keeps
  // a datagram of start bytes from costing a checksum over the longest payload at every byte, too.
  if (frame.version === 1 && frame.payloadLength !== definition.baseLength) return "crc";
  const crc = crcX25Byte(crcX25(bytes, at + 1, checksumAt), definition.crcExtra);
  const stated = (bytes[checksumAt] as number) | ((bytes[checksumAt + 1] as number) << 8);
  return crc === stated ? "frame" : "crc";
}
