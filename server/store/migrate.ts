// Applies the migrations a database lacks, in their order. Called by database.ts at opening.
import type { Knex } from "knex";
import type { Dialect } from "./dialect.ts";
import { migrations } from "./migrations/all.ts";

const table = "schema_migration";

/**
 * All or nothing: everything runs in one transaction, which two processes that open the same
 * database at once enter one after the other.
 *
 * @returns why the database cannot be used, or undefined where it is up to date.
 */
export async function migrate(write: Knex, dialect: Dialect): Promise<string | undefined> {
  return write.transaction(async (transaction) => {
    if (!(await transaction.schema.hasTable(table))) {
      await transaction.schema.createTable(table, (columns) => {
        columns.increments("number");
        columns.text("name").notNullable().unique();
      });
    }
    const rows = await transaction<{ number: number; name: string }>(table).orderBy("number");
    const known = new Set(migrations.map((migration) => migration.name));
    const foreign = rows.find((row) => !known.has(row.name));
    if (foreign !== undefined) {
      return `a newer version of this program has changed it (${foreign.name}).`;
    }
    const applied = new Set(rows.map((row) => row.name));
    for (const migration of migrations) {
      if (applied.has(migration.name)) continue;
      await migration.up(transaction, dialect);
      await transaction(table).insert({ name: migration.name });
    }
    return undefined;
  });
}
