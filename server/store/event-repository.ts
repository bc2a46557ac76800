// The log of what people did, in order and without gaps. Written in the transaction of the act.
import type { Knex } from "knex";
import type { Database } from "./database.ts";
import type { EventRepository, StoredEvent } from "./ports.ts";

interface EventRow {
  number: number;
  at_ms: number;
  by_user_id: string | null;
  kind: string;
  payload: string;
}

/** Writes one event and returns its number. `knex` is the transaction of the act it tells of. */
export async function appendEvent(knex: Knex, event: Omit<StoredEvent, "number">): Promise<number> {
  const rows = await knex("event")
    .insert({
      at_ms: event.atMs,
      by_user_id: event.byUserId,
      kind: event.kind,
      payload: JSON.stringify(event.payload),
    })
    .returning<{ number: number }[]>("number");
  const number = rows[0]?.number;
  if (number === undefined) throw new Error("The database gave an event no number.");
  return number;
}

export function createEventRepository({ read, write }: Database): EventRepository {
  return {
    append: (event) => appendEvent(write, event),
    async listAfter(number, limit) {
      const rows = await read<EventRow>("event")
        .where("number", ">", number)
        .orderBy("number")
        .limit(limit);
      return rows.map((row) => ({
        number: row.number,
        atMs: row.at_ms,
        byUserId: row.by_user_id,
        kind: row.kind,
        payload: JSON.parse(row.payload) as unknown,
      }));
    },
    async lastNumber() {
      const row = await read<EventRow>("event").orderBy("number", "desc").first();
      return row?.number ?? 0;
    },
  };
}
