// Who holds authority over each drone now, from the acts so far: kept in memory, so that a command
// never waits for the database. Called by the command and authority routers.
import {
  authorityAfter,
  authorityNow,
  type AuthorityAct,
  type AuthorityFacts,
  type AuthorityState,
} from "../domain/flight/authority.ts";

/** Sessions remembered; of more the one whose last act is oldest is forgotten. */
const sessionsMax = 5_000;

export interface AuthorityBoard {
  acted(act: AuthorityAct): void;
  /** What counts now for this drone and its booking; undefined: nobody has done anything. */
  of(facts: AuthorityFacts, nowMs: number): AuthorityState | undefined;
}

export function createAuthorityBoard(acts: readonly AuthorityAct[]): AuthorityBoard {
  const states = new Map<string, AuthorityState>();
  const acted = (act: AuthorityAct): void => {
    const after = authorityAfter(states.get(act.sessionId), act);
    states.delete(act.sessionId);
    states.set(act.sessionId, after);
    if (states.size <= sessionsMax) return;
    const [oldest] = states.keys();
    if (oldest !== undefined) states.delete(oldest);
  };
  for (const act of acts) acted(act);
  return { acted, of: (facts, nowMs) => authorityNow(states.get(facts.sessionId), facts, nowMs) };
}
