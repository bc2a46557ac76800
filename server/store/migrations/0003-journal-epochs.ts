// Which opening of a journal its number is of, and which worsening of an alarm somebody has seen.
import type { Migration } from "../migration.ts";

export const journalEpochs: Migration = {
  name: "0003-journal-epochs",
  async up(transaction) {
    await transaction.schema.alterTable("journal_cursor", (table) => {
      // Empty: projected before journals had epochs.
      table.text("epoch").notNullable().defaultTo("");
    });
    await transaction.schema.alterTable("alarm_act", (table) => {
      // Null: acknowledged when only the time said what had been seen.
      table.integer("seen_worsened_count");
    });
  },
};
