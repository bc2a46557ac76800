// What drones were ordered to do: commands and transfers as the journal tells them, and the acts by
// which authority over a drone changed hands.
import type { Knex } from "knex";
import type { Migration } from "../migration.ts";

/** What is searched by stands in columns, the whole in `record`; the highest revision is it. */
async function createOrderTable(transaction: Knex.Transaction, name: string): Promise<void> {
  await transaction.schema.createTable(name, (table) => {
    table.text("id").primary();
    table.text("session_id").notNullable().index();
    table.text("flight_id").index();
    table.text("organisation_id");
    table.double("requested_at_ms").notNullable();
    table.integer("revision").notNullable();
    table.text("record").notNullable();
    table.index(["requested_at_ms", "id"]);
    table.index(["organisation_id", "requested_at_ms"]);
  });
}

export const orders: Migration = {
  name: "0008-orders",
  async up(transaction) {
    await createOrderTable(transaction, "drone_command");
    await createOrderTable(transaction, "mission_transfer");
    await transaction.schema.createTable("authority_act", (table) => {
      table.bigInteger("event_number").primary().references("event.number");
      table.text("session_id").notNullable().index();
      table.text("booking_id");
      table.text("kind").notNullable().checkIn(["requested", "granted", "tookOver", "gaveBack"]);
      table.text("person_id").notNullable();
      table.text("person_name").notNullable();
      table.text("person_role").notNullable();
      table.text("by_user_id").notNullable();
      table.text("reason").notNullable();
      table.double("at_ms").notNullable();
    });
  },
};
