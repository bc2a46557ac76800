// Keys that make a repeated request recognisable. Works on plain HTTP too, where randomUUID is
// not to be had.

/** 32 hexadecimal digits from the browser's own random source. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
