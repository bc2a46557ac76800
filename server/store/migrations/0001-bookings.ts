// Bookings, what they hold, and the answers kept for retries. Part of migration 0001.
import type { Knex } from "knex";

export async function createBookingTables(transaction: Knex.Transaction): Promise<void> {
  await createBookingTable(transaction);
  await createBookingParts(transaction);
  await createHoldingTables(transaction);
  await transaction.schema.createTable("idempotency", (table) => {
    table.text("person_id").notNullable();
    table.text("key").notNullable();
    table.primary(["person_id", "key"]);
    table.text("body_sha256").notNullable();
    table.text("answer").notNullable();
    table.bigInteger("created_at_ms").notNullable().index();
  });
}

async function createBookingTable(transaction: Knex.Transaction): Promise<void> {
  await transaction.schema.createTable("booking", (table) => {
    table.text("id").primary();
    table.bigInteger("version").notNullable();
    table.text("state").notNullable();
    table.text("organisation_id").notNullable().references("organisation.id");
    table.text("site_id").notNullable().references("site.id");
    table.text("title").notNullable();
    table.text("purpose").notNullable();
    table.bigInteger("start_ms").notNullable();
    table.bigInteger("end_ms").notNullable();
    table.text("contact_phone").notNullable();
    table.text("telemetry").notNullable().checkIn(["mavlink", "none"]);
    table.boolean("site_may_command").notNullable();
    table.text("permissions").notNullable();
    table.text("notes").notNullable();
    table.text("created_by").notNullable().references("person.id");
    table.bigInteger("created_at_ms").notNullable();
    table.bigInteger("checked_in_at_ms");
    table.bigInteger("released_at_ms");
    // The first plan that holds it as it now stands; null while no plan does.
    table.bigInteger("plan_version");
    table.check("start_ms < end_ms");
    table.index(["state", "end_ms"]);
    table.index(["organisation_id", "start_ms", "id"]);
    table.index(["site_id", "start_ms"]);
  });
}

async function createBookingParts(transaction: Knex.Transaction): Promise<void> {
  const part = (name: string, columns: (table: Knex.CreateTableBuilder) => void) =>
    transaction.schema.createTable(name, (table) => {
      table.text("booking_id").notNullable().references("booking.id");
      table.integer("ordinal").notNullable();
      table.primary(["booking_id", "ordinal"]);
      columns(table);
    });
  await part("booking_aircraft", (table) => {
    table.text("aircraft_id").notNullable().references("aircraft.id");
  });
  await part("booking_pilot", (table) => {
    table.text("person_id").notNullable().references("person.id");
  });
  await part("booking_resource", (table) => {
    table.text("resource_id").notNullable().references("resource.id");
  });
  await transaction.schema.createTable("booking_history", (table) => {
    table.increments("number");
    table.text("booking_id").notNullable().references("booking.id").index();
    // With parts of a millisecond where telemetry caused the step.
    table.double("at_ms").notNullable();
    table.text("from_state");
    table.text("to_state").notNullable();
    table.text("by_person_id");
    table.text("by_name").notNullable();
    table.text("reason").notNullable();
  });
}

/** The rows that keep others out. Triggers guard them: 0001-guards.ts. */
async function createHoldingTables(transaction: Knex.Transaction): Promise<void> {
  await transaction.schema.createTable("booking_volume", (table) => {
    table.text("booking_id").notNullable().references("booking.id");
    table.integer("ordinal").notNullable();
    table.primary(["booking_id", "ordinal"]);
    table.text("label").notNullable();
    table.text("footprint").notNullable();
    table.text("band").notNullable();
    table.double("lower_amsl_m").notNullable();
    table.double("upper_amsl_m").notNullable();
    table.bigInteger("start_ms").notNullable();
    table.bigInteger("end_ms").notNullable();
    // Bounding box, a little larger than the footprint: a coarse filter only.
    table.double("west_deg").notNullable();
    table.double("south_deg").notNullable();
    table.double("east_deg").notNullable();
    table.double("north_deg").notNullable();
    table.text("airspace_id").notNullable().references("airspace.id");
    table.bigInteger("airspace_version").notNullable();
    table.boolean("holding").notNullable();
    table.index(["airspace_id", "holding", "end_ms"]);
  });
  await transaction.schema.createTable("allocation", (table) => {
    table.increments("id");
    table.text("booking_id").notNullable().references("booking.id").index();
    table.text("unit_kind").notNullable().checkIn(["resource", "aircraft", "sysid"]);
    table.text("unit_id").notNullable();
    // Buffers included; half-open.
    table.bigInteger("start_ms").notNullable();
    table.bigInteger("end_ms").notNullable();
    table.text("status").notNullable().checkIn(["held", "freed"]);
    table.check("start_ms < end_ms");
    table.index(["unit_kind", "unit_id", "status", "end_ms"]);
  });
}
