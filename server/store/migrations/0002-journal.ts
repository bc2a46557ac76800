// What the journal of each ingest node is projected into: sessions, flights, alarms, seals; and
// what people did with alarms.
import type { Knex } from "knex";
import type { Migration } from "../migration.ts";

async function createFlightTables(transaction: Knex.Transaction): Promise<void> {
  await transaction.schema.createTable("journal_cursor", (table) => {
    table.text("node").primary();
    // The last entry that is projected. Entries come in order and without gaps.
    table.bigInteger("number").notNullable();
  });
  await transaction.schema.createTable("session", (table) => {
    table.text("id").primary();
    table.text("vehicle_key").notNullable();
    table.integer("sysid").notNullable();
    // Times of what was heard have parts of a millisecond.
    table.double("start_ms").notNullable();
    table.double("end_ms");
    table.text("end_reason");
    table.bigInteger("record_bytes");
  });
  // What is searched by stands in columns, the whole flight in `record` (FlightRecord).
  await transaction.schema.createTable("flight", (table) => {
    table.text("id").primary();
    table.text("session_id").notNullable().index();
    table.text("state").notNullable().index();
    table.text("organisation_id");
    table.text("site_id");
    table.text("booking_id").index();
    table.integer("sysid").notNullable();
    table.double("armed_at_ms").notNullable();
    table.text("record").notNullable();
    table.index(["armed_at_ms", "id"]);
    table.index(["organisation_id", "armed_at_ms"]);
  });
}

async function createAlarmTables(transaction: Knex.Transaction): Promise<void> {
  await transaction.schema.createTable("alarm", (table) => {
    table.text("id").primary();
    table.text("node").notNullable();
    table.bigInteger("journal_number").notNullable();
    table.text("flight_id").index();
    table.text("state").notNullable();
    table.double("last_raised_at_ms").notNullable().index();
    table.double("returned_at_ms");
    table.text("condition").notNullable();
  });
  await transaction.schema.createTable("alarm_act", (table) => {
    table.bigInteger("event_number").primary().references("event.number");
    // No reference: an alarm may be acknowledged before it is projected.
    table.text("alarm_id").notNullable().index();
    table.text("kind").notNullable().checkIn(["acknowledged"]);
    table.double("at_ms").notNullable();
    table.text("by_user_id").notNullable();
    table.text("by_name").notNullable();
  });
}

/** Append-only: a deleted record leaves its seal. */
const sealGuards = (["UPDATE", "DELETE"] as const).map((event) => ({
  name: `seal_${event.toLowerCase()}`,
  table: "seal",
  event,
  when: "TRUE",
  refusal: "seals are append-only",
}));

async function createSealTable(transaction: Knex.Transaction): Promise<void> {
  await transaction.schema.createTable("seal", (table) => {
    table.increments("seq");
    // The site's id, or "none": one chain each.
    table.text("site_id").notNullable().index();
    table.text("flight_id").notNullable().unique();
    table.text("sha256").notNullable();
    table.text("previous_sha256").notNullable();
    table.text("chain_sha256").notNullable();
    table.double("at_ms").notNullable();
  });
}

export const journal: Migration = {
  name: "0002-journal",
  async up(transaction, dialect) {
    await createFlightTables(transaction);
    await createAlarmTables(transaction);
    await createSealTable(transaction);
    for (const statement of sealGuards.flatMap(dialect.guard)) await transaction.raw(statement);
  },
};
