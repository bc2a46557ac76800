// What a migration is. Each stands in migrations/; migrate.ts applies those a database lacks.
import type { Knex } from "knex";

/** One step of the tables' history. Its name is kept in the database and never changes. */
export interface Migration {
  readonly name: string;
  up(transaction: Knex.Transaction): Promise<void>;
}
