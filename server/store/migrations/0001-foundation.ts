// The first tables: people, sites and airspace, bookings and what they hold, the event log.
import type { Knex } from "knex";
import type { Migration } from "../migration.ts";
import { createAccountTables } from "./0001-accounts.ts";
import { createBookingTables } from "./0001-bookings.ts";
import { bookingGuards, guardRefusals, zoneGuards } from "./0001-guards.ts";
import { createSiteTables } from "./0001-sites.ts";

/** Counters that are raised in the transaction of the change they count. */
async function createCounters(transaction: Knex.Transaction): Promise<void> {
  await transaction.schema.createTable("counter", (table) => {
    table.text("name").primary();
    table.bigInteger("value").notNullable();
  });
}

export const foundation: Migration = {
  name: "0001-foundation",
  async up(transaction, dialect) {
    await createCounters(transaction);
    await transaction("counter").insert([
      { name: "plan_version", value: 0 },
      { name: "plan_horizon_ms", value: 0 },
    ]);
    // What people did: the second cursor of a page (design, decision 5).
    for (const statement of dialect.eventTable) await transaction.raw(statement);
    await createAccountTables(transaction);
    await createSiteTables(transaction);
    await createBookingTables(transaction);
    const guards = [...zoneGuards, ...bookingGuards].flatMap(dialect.guard);
    const statements = [...dialect.keepApart(guardRefusals.allocation), ...guards];
    for (const statement of statements) await transaction.raw(statement);
  },
};
