// Who is it? Email and password against the kept hash. Called by http/session.ts.
import type { Person } from "../../contract/wire/account.ts";
import type { AccountRepository } from "../store/ports.ts";
import { hashPassword, passwordMatches } from "./password.ts";

export type SignIn = (email: string, password: string) => Promise<Person | undefined>;

/**
 * Undefined alike for an unknown address, a disabled account and a wrong password, after the same
 * work: an unknown address is checked against a hash that no password fits.
 */
export function createSignIn(accounts: AccountRepository, unguessable: string): SignIn {
  let nobodysHash: Promise<string> | undefined;
  return async (email, password) => {
    nobodysHash ??= hashPassword(unguessable);
    const stored = await accounts.personByEmail(email);
    const matches = await passwordMatches(stored?.passwordHash ?? (await nobodysHash), password);
    return matches && stored?.disabled === false ? stored.person : undefined;
  };
}
