// The journal entry by which each thing in the air became known: where a journal turns out to be
// cut, what came from the part that it lost can be told from the rest.
import type { Knex } from "knex";
import type { Migration } from "../migration.ts";

const tables = ["session", "flight", "alarm", "drone_command", "mission_transfer"];

async function addOrigin(transaction: Knex.Transaction, name: string): Promise<void> {
  await transaction.schema.alterTable(name, (table) => {
    // All null for what was projected before it was kept: that is left as it is at a cut.
    table.text("origin_node");
    table.text("origin_epoch");
    table.bigInteger("origin_number");
    table.index(["origin_node", "origin_number"]);
  });
}

export const journalOrigins: Migration = {
  name: "0009-journal-origins",
  async up(transaction) {
    for (const table of tables) await addOrigin(transaction, table);
  },
};
