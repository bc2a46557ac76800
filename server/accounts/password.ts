// Passwords: hashed with Argon2id on a worker thread of the library, never on the main path. Called
// by sign-in, the user command and the demo's seed.
import { hash, verify } from "@node-rs/argon2";

/** Shortest password that is accepted for a new account. */
export const passwordLengthMin = 10;

/** The library's defaults: Argon2id, 19 MiB, 2 passes (OWASP's first choice), a salt of its own. */
export function hashPassword(password: string): Promise<string> {
  return hash(password);
}

/** False too where the kept hash cannot be read. */
export async function passwordMatches(passwordHash: string, password: string): Promise<boolean> {
  try {
    return await verify(passwordHash, password);
  } catch {
    return false;
  }
}
