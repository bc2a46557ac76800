// MAVLink 2 signatures: is this frame's the one that the key makes, and is it no replay; and our
// own frames signed. Pure: what is remembered of a key's streams is handed in, changed only here.
// https://mavlink.io/en/guide/message_signing.html

import { hash, timingSafeEqual } from "node:crypto";
import { dialect } from "./dialect.ts";
import { frameBytesMax, type FrameView } from "./frame-reader.ts";
import { crcX25, crcX25Byte } from "./x25.ts";

/** Bytes of a signing key. */
export const signingKeyBytes = 32;
const signatureHashBytes = 6;
const stampBytes = 6;
const trailerBytes = 1 + stampBytes + signatureHashBytes;
const headerBytesV2 = 10;
const startByteV2 = 0xfd;
const incompatSigned = 0x01;

/** Signing stamps count units of 10 microseconds since 2015-01-01 UTC. */
const stampEpochMs = Date.UTC(2015, 0, 1);
const stampsPerMs = 100;
/** The largest stamp that 48 bits hold: year 2104. */
export const signingStampMax = 2 ** 48 - 1;
/** A stream's first frame may be this far behind the local stamp: 60 s (the guide's rule). */
export const newStreamBehindMax = 60_000 * stampsPerMs;
/** Streams remembered of one key; each is one (system, component, link id) that held the key. */
export const streamsMax = 256;

/** The signing stamp of a moment. */
export function signingStamp(atMs: number): number {
  return Math.floor((atMs - stampEpochMs) * stampsPerMs);
}

/** What is remembered of one key. Only an accepted frame changes it. */
export interface SigningMemory {
  /** The newest stamp accepted with the key, or where its time begins. */
  localStamp: number;
  /** Last accepted stamp by stream, as `streamOf` names it. */
  readonly streams: Map<number, number>;
}

/** What a signature is worth. All but `verified` are refused, and change nothing. */
export type SignatureVerdict =
  | "verified"
  /** Not signed; whether it may come so is the policy's to say. */
  | "unsigned"
  /** Another key made it, or something changed on the way. */
  | "badSignature"
  /** Not newer than the last one of its stream. */
  | "replayed"
  /** The first of its stream, and more than 60 s behind the local stamp. */
  | "oldStream";

/**
 * Judges one frame by one key, in constant time for the signature itself. Changes nothing: the
 * caller calls `rememberStamp` for what it accepts.
 */
export function judgeSignature(
  frame: FrameView,
  key: Uint8Array,
  memory: SigningMemory,
): SignatureVerdict {
  if (!frame.signed) return "unsigned";
  if (!isSignatureRight(frame, key)) return "badSignature";
  const stamp = stampOf(frame);
  const last = memory.streams.get(streamOf(frame));
  if (last !== undefined) return stamp > last ? "verified" : "replayed";
  return stamp < memory.localStamp - newStreamBehindMax ? "oldStream" : "verified";
}

/** Keeps the stamp of a verified frame; of too many streams the one longest silent is forgotten. */
export function rememberStamp(frame: FrameView, memory: SigningMemory): void {
  const stamp = stampOf(frame);
  const stream = streamOf(frame);
  if (!memory.streams.has(stream) && memory.streams.size >= streamsMax) forgetOldest(memory);
  memory.streams.set(stream, stamp);
  memory.localStamp = Math.max(memory.localStamp, stamp);
}

/**
 * The local stamp rises to what was forgotten and 60 s more, so that nothing once accepted on the
 * forgotten stream can be accepted on it again.
 */
function forgetOldest(memory: SigningMemory): void {
  let oldest: [stream: number, stamp: number] | undefined;
  for (const entry of memory.streams) {
    if (oldest === undefined || entry[1] < oldest[1]) oldest = entry;
  }
  if (oldest === undefined) return;
  memory.streams.delete(oldest[0]);
  memory.localStamp = Math.max(memory.localStamp, oldest[1] + newStreamBehindMax + 1);
}

/** The stream of a signed frame: system, component and link id in one number. */
export function streamOf(frame: FrameView): number {
  const linkId = frame.bytes[frame.end - trailerBytes] ?? 0;
  return (frame.sysid << 16) | (frame.compid << 8) | linkId;
}

/** The stamp of a signed frame. */
export function stampOf({ bytes, end }: FrameView): number {
  const at = end - signatureHashBytes - stampBytes;
  let stamp = 0;
  for (let i = stampBytes - 1; i >= 0; i--) stamp = stamp * 256 + (bytes[at + i] ?? 0);
  return stamp;
}

/**
 * True where the frame is signed and its signature is the first 48 bits of
 * SHA-256(key + header + payload + checksum + link id + timestamp).
 */
export function isSignatureRight(frame: FrameView, key: Uint8Array): boolean {
  if (!frame.signed) return false;
  const signatureAt = frame.end - signatureHashBytes;
  const hash = signatureOf(frame.bytes.subarray(frame.start, signatureAt), key);
  return timingSafeEqual(hash, frame.bytes.subarray(signatureAt, frame.end));
}

// Written anew for each frame.
const hashed = new Uint8Array(signingKeyBytes + frameBytesMax);

function signatureOf(signedBytes: Uint8Array, key: Uint8Array): Uint8Array {
  const length = key.length + signedBytes.length;
  // One call of the library costs half of what a hash in three steps does.
  const whole = length <= hashed.length ? hashed.subarray(0, length) : new Uint8Array(length);
  whole.set(key);
  whole.set(signedBytes, key.length);
  return hash("sha256", whole, "buffer").subarray(0, signatureHashBytes);
}

/**
 * One unsigned MAVLink 2 frame of ours with a signature; the checksum is made anew, as the flag
 * that says so is part of it. The caller sees to it that no stamp is used twice.
 *
 * @param linkId 0 to 255
 * @param stamp 0 to `signingStampMax`
 */
export function signFrame(
  unsigned: Uint8Array,
  key: Uint8Array,
  linkId: number,
  stamp: number,
): Uint8Array {
  const frame = new Uint8Array(unsigned.length + trailerBytes);
  frame.set(unsigned);
  frame[2] = (frame[2] ?? 0) | incompatSigned;
  setChecksum(frame, unsigned.length - 2);
  const trailerAt = unsigned.length;
  frame[trailerAt] = linkId;
  for (let i = 0, rest = stamp; i < stampBytes; i++, rest = Math.floor(rest / 256)) {
    frame[trailerAt + 1 + i] = rest % 256;
  }
  const signatureAt = frame.length - signatureHashBytes;
  frame.set(signatureOf(frame.subarray(0, signatureAt), key), signatureAt);
  return frame;
}

/** Of a MAVLink 2 frame of a known message that starts the bytes. */
function setChecksum(frame: Uint8Array, checksumAt: number): void {
  const crcExtra = dialect.byId(messageIdOf(frame, 0))?.crcExtra ?? 0;
  const crc = crcX25Byte(crcX25(frame, 1, checksumAt), crcExtra);
  frame[checksumAt] = crc & 0xff;
  frame[checksumAt + 1] = crc >> 8;
}

function messageIdOf(bytes: Uint8Array, start: number): number {
  const low = (bytes[start + 7] ?? 0) | ((bytes[start + 8] ?? 0) << 8);
  return low | ((bytes[start + 9] ?? 0) << 16);
}

const setupSigningId = 256;
/** Where SETUP_SIGNING's payload has the key: after the 64-bit stamp and the two target ids. */
const setupKeyAt = 10;

/**
 * The frame as it may be kept: a SETUP_SIGNING with its key zeroed and its checksum made right
 * again (a signature over the key stays as it was, and so no longer fits). Undefined for every
 * other frame.
 */
export function withoutSetupKey(
  bytes: Uint8Array,
  start: number,
  end: number,
): Uint8Array | undefined {
  if (bytes[start] !== startByteV2 || messageIdOf(bytes, start) !== setupSigningId)
    return undefined;
  // A copy: slice() of a Buffer would be the frame itself.
  const masked = new Uint8Array(bytes.subarray(start, end));
  const payloadEnd = headerBytesV2 + (masked[1] ?? 0);
  masked.fill(0, headerBytesV2 + setupKeyAt, Math.max(headerBytesV2 + setupKeyAt, payloadEnd));
  setChecksum(masked, payloadEnd);
  return masked;
}

/** True for a SETUP_SIGNING with a key in it: neither masked as above nor one that switches off. */
export function holdsSetupKey(frame: FrameView): boolean {
  if (frame.messageId !== setupSigningId) return false;
  const { bytes, payloadStart, payloadLength } = frame;
  const key = bytes.subarray(payloadStart + setupKeyAt, payloadStart + payloadLength);
  return key.some((byte) => byte !== 0);
}

/** The key written as 64 hexadecimal digits; undefined for anything else. */
export function parseSigningKey(hex: string): Uint8Array | undefined {
  const digits = hex.trim();
  return /^[0-9a-fA-F]{64}$/.test(digits) ? new Uint8Array(Buffer.from(digits, "hex")) : undefined;
}
