// MAVLink 2 signing of each aircraft: the policy, and its keys, encrypted.
import type { Migration } from "../migration.ts";

export const aircraftSigning: Migration = {
  name: "0005-aircraft-signing",
  async up(transaction) {
    await transaction.schema.createTable("aircraft_signing", (table) => {
      table.text("aircraft_id").primary().references("aircraft.id");
      table.text("policy").notNullable().checkIn(["required", "preferred", "off"]);
      // As server/secret-box.ts writes it, about `signingKey <key_id>`. Null: no key is set.
      table.text("key_id");
      table.text("sealed_key");
      table.bigInteger("since_ms");
      table.text("origin");
      table.bigInteger("set_at_ms");
      // The key before, which drones may use until they have been given the new one.
      table.text("before_key_id");
      table.text("before_sealed_key");
      table.bigInteger("before_since_ms");
    });
  },
};
