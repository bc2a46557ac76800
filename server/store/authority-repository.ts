// The acts by which authority over drones changed hands. Called by the authority board at start and
// by the authority router.
import type { Role } from "../../contract/wire/account.ts";
import type { AuthorityAct } from "../domain/flight/authority.ts";
import type { Database } from "./database.ts";
import { appendEvent } from "./event-repository.ts";

/** Acts read back at a start: those of sessions that are still open. */
const actsMax = 10_000;

export interface AuthorityRepository {
  /** Of sessions that have not ended, in order. */
  ofOpenSessions(): Promise<AuthorityAct[]>;
  /** Writes the act and its event in one transaction; returns it with the event's number. */
  record(act: Omit<AuthorityAct, "eventNumber">): Promise<AuthorityAct>;
}

interface ActRow {
  event_number: number;
  session_id: string;
  booking_id: string | null;
  kind: AuthorityAct["kind"];
  person_id: string;
  person_name: string;
  person_role: Role;
  by_user_id: string;
  reason: string;
  at_ms: number;
}

export function createAuthorityRepository({ read, write }: Database): AuthorityRepository {
  return {
    async ofOpenSessions() {
      const rows = await read<ActRow>("authority_act")
        .whereRaw("session_id NOT IN (SELECT id FROM session WHERE end_ms IS NOT NULL)")
        .orderBy("event_number", "desc")
        .limit(actsMax);
      return rows.map(toAct).reverse();
    },
    record: (act) =>
      write.transaction(async (transaction) => {
        const { sessionId, bookingId, person, byUserId, reason, atMs } = act;
        const eventNumber = await appendEvent(transaction, {
          atMs,
          byUserId,
          kind: eventKinds[act.kind],
          payload: { sessionId, bookingId, personId: person.id, reason },
        });
        await transaction("authority_act").insert({
          event_number: eventNumber,
          session_id: sessionId,
          booking_id: bookingId,
          kind: act.kind,
          person_id: person.id,
          person_name: person.name,
          person_role: person.role,
          by_user_id: byUserId,
          reason,
          at_ms: atMs,
        });
        return { ...act, eventNumber };
      }),
  };
}

const eventKinds: Readonly<Record<AuthorityAct["kind"], string>> = {
  requested: "authorityRequested",
  granted: "authorityGranted",
  tookOver: "authorityTakenOver",
  gaveBack: "authorityGivenBack",
};

function toAct(row: ActRow): AuthorityAct {
  return {
    eventNumber: row.event_number,
    sessionId: row.session_id,
    bookingId: row.booking_id,
    kind: row.kind,
    person: { id: row.person_id, name: row.person_name, role: row.person_role },
    byUserId: row.by_user_id,
    reason: row.reason,
    atMs: row.at_ms,
  };
}
