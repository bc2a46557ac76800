// Answers kept for requests that are sent again under the same Idempotency-Key. Called by
// booking-desk.ts and booking-writing.ts, and for commands and transfers by their routers.
import type { Knex } from "knex";
import type { IdempotencyKey, KeptAnswer } from "./booking-desk-port.ts";
import type { Database } from "./database.ts";

interface AnswerRow {
  person_id: string;
  key: string;
  body_sha256: string;
  answer: string;
  created_at_ms: number;
}

export async function readAnswer(
  knex: Knex,
  { personId, key }: IdempotencyKey,
): Promise<KeptAnswer | undefined> {
  const row = await knex<AnswerRow>("idempotency").where({ person_id: personId, key }).first();
  if (row === undefined) return undefined;
  return { bodySha256: row.body_sha256, answer: JSON.parse(row.answer) as unknown };
}

/** Keeps the answer unless one is kept already; returns the one that is kept then. */
export async function keepAnswer(
  transaction: Knex.Transaction,
  key: IdempotencyKey,
  kept: KeptAnswer,
  atMs: number,
): Promise<KeptAnswer> {
  await transaction<AnswerRow>("idempotency")
    .insert({
      person_id: key.personId,
      key: key.key,
      body_sha256: kept.bodySha256,
      answer: JSON.stringify(kept.answer),
      created_at_ms: atMs,
    })
    .onConflict(["person_id", "key"])
    .ignore();
  return (await readAnswer(transaction, key)) ?? kept;
}

/** Keys of requests that are not bookings, each kept by itself. */
export interface AnswerRepository {
  /** Keeps the answer unless one is kept already; returns the one that is kept then. */
  keep(key: IdempotencyKey, kept: KeptAnswer, atMs: number): Promise<KeptAnswer>;
}

export function createAnswerRepository({ write }: Database): AnswerRepository {
  return {
    keep: (key, kept, atMs) =>
      write.transaction((transaction) => keepAnswer(transaction, key, kept, atMs)),
  };
}
