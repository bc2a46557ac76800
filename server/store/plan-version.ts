// The counter that every change to what ingest judges by raises, in the transaction of the change.
// Called by the repositories that make such changes.
import type { Knex } from "knex";

interface CounterRow {
  name: string;
  value: number;
}
export type CounterName = "plan_version" | "plan_horizon_ms";

export async function readCounter(knex: Knex, name: CounterName): Promise<number> {
  const row = await knex<CounterRow>("counter").where({ name }).first();
  if (row === undefined) throw new Error(`The database has no counter ${name}.`);
  return row.value;
}

/** Raises the plan's version and returns the new one. */
export async function raisePlanVersion(transaction: Knex.Transaction): Promise<number> {
  await transaction<CounterRow>("counter").where({ name: "plan_version" }).increment("value", 1);
  return readCounter(transaction, "plan_version");
}

export async function writeCounter(
  transaction: Knex.Transaction,
  name: CounterName,
  value: number,
): Promise<void> {
  await transaction<CounterRow>("counter").where({ name }).update({ value });
}
