// The key that session cookies are signed with and secrets are encrypted under: 32 random bytes in
// a file that only we may read. Called by web.ts at start, and by ingest for the signing keys.
import { randomBytes } from "node:crypto";
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const keyBytes = 32;

/** The key as hex, or why it cannot be had, in one line. */
export type SecretsKey =
  | { readonly kind: "key"; readonly keyHex: string }
  | { readonly kind: "failed"; readonly reason: string };

/** Reads the key; makes it, with mode 0600, where there is none yet. */
export function readSecretsKey(file: string): SecretsKey {
  try {
    make(file);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    return { kind: "failed", reason: `The key file ${file} cannot be written: ${found}.` };
  }
  const text = readFileSync(file, "utf8").trim();
  if (/^[0-9a-f]{64}$/.test(text)) return { kind: "key", keyHex: text };
  const reason = `SECRETS_KEY_FILE ${file}: expected 64 hexadecimal digits, found something else.`;
  return { kind: "failed", reason };
}

/** Whole or not at all: of two that start at once, one makes it and both read the same. */
function make(file: string): void {
  if (existsSync(file)) return;
  const made = randomBytes(keyBytes).toString("hex");
  const draft = `${file}.${randomBytes(4).toString("hex")}`;
  try {
    writeFileSync(draft, `${made}\n`, { flag: "wx", mode: 0o600 });
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
