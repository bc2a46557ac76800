// Who is signed in, for every component below SessionProvider.
import { createContext, useContext } from "react";
import type { Person } from "../../contract/wire/account.ts";
import type { Problem } from "../../contract/wire/problem.ts";

export type SessionState =
  | { readonly kind: "unknown" }
  | { readonly kind: "signedOut" }
  | { readonly kind: "unreachable"; readonly problem: Problem }
  | { readonly kind: "signedIn"; readonly person: Person };

export interface Session {
  readonly state: SessionState;
  /** Undefined where it worked. */
  readonly signIn: (email: string, password: string) => Promise<Problem | undefined>;
  readonly signOut: () => Promise<Problem | undefined>;
  readonly retry: () => void;
}

export const SessionContext = createContext<Session | undefined>(undefined);

/** The session: state and how to change it. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error("useSession is used outside SessionProvider.");
  return session;
}

/** The signed-in person; only below RequireSession, where there is one. */
export function usePerson(): Person {
  const { state } = useSession();
  if (state.kind !== "signedIn") throw new Error("usePerson is used where nobody is signed in.");
  return state.person;
}
