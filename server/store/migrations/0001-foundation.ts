// The first tables: people, sites and airspace, bookings and what they hold, the event log.
import type { Knex } from "knex";
import type { Migration } from "../migration.ts";
import { createAccountTables } from "./0001-accounts.ts";
import { createBookingTables } from "./0001-bookings.ts";
import { bookingGuards, zoneGuards } from "./0001-guards.ts";
import { createSiteTables } from "./0001-sites.ts";

/** Counters that are raised in the transaction of the change they count. */
async function createCounters(transaction: Knex.Transaction): Promise<void> {
  await transaction.schema.createTable("counter", (table) => {
    table.text("name").primary();
    table.bigInteger("value").notNullable();
  });
}

/** What people did, in order and without gaps: the second cursor of a page (design, decision 5). */
async function createEventLog(transaction: Knex.Transaction): Promise<void> {
  // AUTOINCREMENT: a number is never given twice, and a rolled back one is given again.
  await transaction.raw(
    `CREATE TABLE event (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      at_ms BIGINT NOT NULL,
      by_user_id TEXT,
      kind TEXT NOT NULL,
      payload TEXT NOT NULL
    )`,
  );
}

export const foundation: Migration = {
  name: "0001-foundation",
  async up(transaction) {
    await createCounters(transaction);
    await transaction("counter").insert([
      { name: "plan_version", value: 0 },
      { name: "plan_horizon_ms", value: 0 },
    ]);
    await createEventLog(transaction);
    await createAccountTables(transaction);
    await createSiteTables(transaction);
    await createBookingTables(transaction);
    for (const guard of [...zoneGuards, ...bookingGuards]) await transaction.raw(guard);
  },
};
