// A signing key as a person gives it: digits, or a passphrase. Called by vehicle-signing.ts.
import { createHash } from "node:crypto";

/** The key written as 64 hexadecimal digits; undefined for anything else. */
export function keyOfDigits(hex: string): Uint8Array | undefined {
  const digits = hex.trim();
  return /^[0-9a-fA-F]{64}$/.test(digits) ? new Uint8Array(Buffer.from(digits, "hex")) : undefined;
}

/** The key of a passphrase as other ground stations make it: the SHA-256 of its UTF-8 bytes. */
export function keyOfPassphrase(passphrase: string): Uint8Array {
  return new Uint8Array(createHash("sha256").update(passphrase, "utf8").digest());
}
