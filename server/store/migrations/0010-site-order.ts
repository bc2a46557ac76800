// Sites are listed in the order in which they were made, by a column of their own: only SQLite
// remembers it by itself.
import type { Migration } from "../migration.ts";

export const siteOrder: Migration = {
  name: "0010-site-order",
  async up(transaction) {
    await transaction.schema.alterTable("site", (table) => {
      table.integer("ordinal").notNullable().defaultTo(0);
    });
    // A database that is new has none; those older than this are all SQLite's.
    const site = await transaction<{ id: string }>("site").first();
    if (site !== undefined) await transaction.raw("UPDATE site SET ordinal = rowid");
  },
};
