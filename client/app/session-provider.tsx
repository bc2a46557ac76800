// Asks the server once who is signed in, and keeps the answer. App puts it around all.
import type { ReactNode } from "react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { z } from "zod";
import { personSchema } from "../../contract/wire/account.ts";
import type { Answer } from "./api.ts";
import { api, onSignedOut } from "./api.ts";
import type { Session, SessionState } from "./session-context.ts";
import { SessionContext } from "./session-context.ts";
import type { Person } from "../../contract/wire/account.ts";

function stateOf(answer: Answer<Person>): SessionState {
  if (answer.kind === "ok") return { kind: "signedIn", person: answer.value };
  return answer.problem.status === 401
    ? { kind: "signedOut" }
    : { kind: "unreachable", problem: answer.problem };
}

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [state, setState] = useState<SessionState>({ kind: "unknown" });
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    const abort = new AbortController();
    void api.get("/session", personSchema, { signal: abort.signal }).then((answer) => {
      if (!abort.signal.aborted) setState(stateOf(answer));
    });
    return () => abort.abort();
  }, [turn]);

  useEffect(() => onSignedOut(() => setState({ kind: "signedOut" })), []);

  const signIn = useCallback(async (email: string, password: string) => {
    const answer = await api.post("/session", { email, password }, personSchema);
    if (answer.kind === "problem") return answer.problem;
    setState({ kind: "signedIn", person: answer.value });
    return undefined;
  }, []);
  const signOut = useCallback(async () => {
    const answer = await api.delete("/session", z.unknown());
    if (answer.kind === "problem" && answer.problem.status !== 401) return answer.problem;
    setState({ kind: "signedOut" });
    return undefined;
  }, []);

  const retry = useCallback(() => setTurn((last) => last + 1), []);

  const session = useMemo<Session>(
    () => ({ state, signIn, signOut, retry }),
    [state, signIn, signOut, retry],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}
