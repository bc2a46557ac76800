// Airspace, sites, what can be booked on them, and zones. Part of migration 0001.
import type { Knex } from "knex";

function nameColumns(table: Knex.CreateTableBuilder): void {
  table.text("name_en").notNullable();
  table.text("name_zh_hant").notNullable();
}

export async function createSiteTables(transaction: Knex.Transaction): Promise<void> {
  await transaction.schema.createTable("airspace", (table) => {
    table.text("id").primary();
    // Raised by every booking that takes airspace and by every change of zones: what a booking
    // read when it was decided must still be so when it is written.
    table.bigInteger("version").notNullable().defaultTo(1);
  });
  await transaction.schema.createTable("site", (table) => {
    table.text("id").primary();
    table.text("airspace_id").notNullable().references("airspace.id");
    nameColumns(table);
    table.double("centre_lat_deg").notNullable();
    table.double("centre_lng_deg").notNullable();
    table.double("ground_amsl_m").notNullable();
    table.text("status").notNullable().checkIn(["open", "hold", "closed"]);
    table.boolean("automatic_acceptance").notNullable();
    table.bigInteger("version").notNullable().defaultTo(1);
  });
  await transaction.schema.createTable("resource", (table) => {
    table.text("id").primary();
    table.text("site_id").notNullable().references("site.id").index();
    table.text("kind").notNullable();
    nameColumns(table);
    table.double("lat_deg").notNullable();
    table.double("lng_deg").notNullable();
    table.double("surface_amsl_m").notNullable();
    table.text("confidence").notNullable();
    table.integer("ordinal").notNullable();
  });
  await transaction.schema.createTable("prepared_volume", (table) => {
    table.text("id").primary();
    table.text("site_id").notNullable().references("site.id").index();
    nameColumns(table);
    table.text("footprint").notNullable();
    table.text("band").notNullable();
    table.text("source").notNullable();
    table.text("confidence").notNullable();
    table.integer("ordinal").notNullable();
  });
  await createZoneTable(transaction);
}

/** Append-only: flights keep the versions they were judged by. */
async function createZoneTable(transaction: Knex.Transaction): Promise<void> {
  await transaction.schema.createTable("zone_version", (table) => {
    table.text("id").notNullable();
    table.integer("version").notNullable();
    table.primary(["id", "version"]);
    table.text("airspace_id").notNullable().references("airspace.id");
    table.text("kind").notNullable();
    nameColumns(table);
    table.text("footprint").notNullable();
    table.text("band").notNullable();
    table.bigInteger("valid_start_ms");
    table.bigInteger("valid_end_ms");
    table.text("source").notNullable();
    table.text("confidence").notNullable();
    table.text("sha256").notNullable();
    // The plan with which it came; in force once ingest has acknowledged that plan.
    table.bigInteger("plan_version").notNullable();
    table.bigInteger("created_at_ms").notNullable();
  });
}
