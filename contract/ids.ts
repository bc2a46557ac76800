// Identifiers that cross a process border. Each is an opaque string with a readable prefix,
// made by the server from random bytes: never parsed, never guessed from another.

/** Prefix of each kind of identifier, as in `bkg_7k3m…`. */
export const idPrefix = {
  organisation: "org",
  user: "usr",
  site: "site",
  resource: "res",
  zone: "zone",
  preparedVolume: "vol",
  aircraft: "air",
  booking: "bkg",
  session: "ses",
  flight: "flt",
  alarm: "alm",
  command: "cmd",
  transfer: "trf",
} as const;

export type IdKind = keyof typeof idPrefix;

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * Makes an identifier from random bytes (Crockford base 32, five bits a byte).
 *
 * @param randomBytes At least 12 bytes; more are used up to 20.
 * @example makeId("booking", bytes) // "bkg_0d5x…"
 */
export function makeId(kind: IdKind, randomBytes: Uint8Array): string {
  if (randomBytes.length < 12) {
    throw new Error(`makeId needs 12 random bytes or more, got ${String(randomBytes.length)}.`);
  }
  let text = "";
  for (const byte of randomBytes.subarray(0, 20)) text += alphabet.charAt(byte & 31);
  return `${idPrefix[kind]}_${text}`;
}
