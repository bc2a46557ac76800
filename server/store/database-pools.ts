// What an adapter gives to database.ts: connections, and how tables are made. Made by sqlite.ts and
// postgres.ts.
import type { Knex } from "knex";
import type { Dialect } from "./dialect.ts";

export interface DatabasePools {
  readonly write: Knex;
  readonly read: Knex;
  readonly dialect: Dialect;
  /** What must be there for it to open, for a person. */
  readonly expected: string;
}
