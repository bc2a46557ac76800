// A signing key as the page makes and reads it: 64 hexadecimal digits. Called by
// signing-key-form.tsx.

const keyBytes = 32;

/** 256 random bits of the browser's own source. */
export function newSigningKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(keyBytes));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Zeros alone are not a key: they switch signing off. */
export function isSigningKey(text: string): boolean {
  const digits = text.trim();
  return /^[0-9a-fA-F]{64}$/.test(digits) && !/^0+$/.test(digits);
}
