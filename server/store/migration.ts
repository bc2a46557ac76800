// What a migration is. Each stands in migrations/; migrate.ts applies those a database lacks.
import type { Knex } from "knex";
import type { Dialect } from "./dialect.ts";

/** One step of the tables' history. Its name is kept in the database and never changes. */
export interface Migration {
  readonly name: string;
  up(transaction: Knex.Transaction, dialect: Dialect): Promise<void>;
}
