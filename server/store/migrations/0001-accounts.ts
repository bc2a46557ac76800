// Organisations, people, their sign-ins and their aircraft. Part of migration 0001.
import type { Knex } from "knex";

export async function createAccountTables(transaction: Knex.Transaction): Promise<void> {
  await transaction.schema.createTable("organisation", (table) => {
    table.text("id").primary();
    table.text("name").notNullable().unique();
    // Raised when something changes that a rule may depend on.
    table.bigInteger("version").notNullable().defaultTo(1);
  });
  await transaction.schema.createTable("person", (table) => {
    table.text("id").primary();
    table.text("organisation_id").notNullable().references("organisation.id");
    // In small letters; unique.
    table.text("email").notNullable().unique();
    table.text("name").notNullable();
    table.text("role").notNullable().checkIn(["operator", "controller", "pilot", "admin"]);
    table.text("phone").notNullable();
    table.text("password_hash").notNullable();
    table.boolean("disabled").notNullable().defaultTo(false);
    table.bigInteger("created_at_ms").notNullable();
  });
  await transaction.schema.createTable("http_session", (table) => {
    // SHA-256 of the session id: the table alone signs nobody in.
    table.text("id_hash").primary();
    table.text("data").notNullable();
    table.bigInteger("expires_at_ms").notNullable().index();
  });
  await transaction.schema.createTable("aircraft", (table) => {
    table.text("id").primary();
    table.text("organisation_id").notNullable().references("organisation.id").index();
    table.text("name").notNullable();
    table.text("model").notNullable();
    table.integer("sysid").notNullable().index();
    table.double("take_off_mass_kg").notNullable();
    table.text("registration_label").notNullable();
    table.text("telemetry").notNullable().checkIn(["mavlink", "none"]);
    table.bigInteger("created_at_ms").notNullable();
    table.unique(["organisation_id", "name"]);
  });
}
