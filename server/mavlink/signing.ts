// MAVLink 2 signatures: is this frame's the one that the key makes? Says nothing of replays.
// https://mavlink.io/en/guide/message_signing.html

import { createHash, timingSafeEqual } from "node:crypto";
import type { FrameView } from "./frame-reader.ts";

const signatureHashBytes = 6;

/**
 * True where the frame is signed and its signature is the first 48 bits of
 * SHA-256(key + header + payload + checksum + link id + timestamp).
 */
export function isSignatureRight(frame: FrameView, key: Uint8Array): boolean {
  if (!frame.signed) return false;
  const signatureAt = frame.end - signatureHashBytes;
  const hash = createHash("sha256")
    .update(key)
    .update(frame.bytes.subarray(frame.start, signatureAt))
    .digest()
    .subarray(0, signatureHashBytes);
  return timingSafeEqual(hash, frame.bytes.subarray(signatureAt, frame.end));
}

/** The key written as 64 hexadecimal digits; undefined for anything else. */
export function parseSigningKey(hex: string): Uint8Array | undefined {
  const digits = hex.trim();
  return /^[0-9a-fA-F]{64}$/.test(digits) ? new Uint8Array(Buffer.from(digits, "hex")) : undefined;
}
