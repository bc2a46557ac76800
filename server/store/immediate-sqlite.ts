// Knex's SQLite client with transactions that take the write lock at once. Used by database.ts.
//
// Knex always sends a deferred BEGIN: two transactions that read first and write later then meet
// SQLITE_BUSY however long they wait. BEGIN IMMEDIATE lets the second one wait for its turn.
import { createRequire } from "node:module";
import type { Knex } from "knex";

interface SqliteTransaction {
  query(connection: object, sql: string): Promise<void>;
}
type TransactionConstructor = new (...args: unknown[]) => SqliteTransaction;

const require = createRequire(import.meta.url); // the deep imports have no types
const SqliteClient = require("knex/lib/dialects/sqlite3/index.js") as typeof Knex.Client;
const PlainTransaction =
  require("knex/lib/dialects/sqlite3/execution/sqlite-transaction.js") as TransactionConstructor;

class ImmediateTransaction extends PlainTransaction {
  begin(connection: object): Promise<void> {
    return this.query(connection, "BEGIN IMMEDIATE;");
  }
}

/** Pass as `client` to knex. Nested transactions stay savepoints. */
export class ImmediateSqliteClient extends SqliteClient {
  override transaction(...args: unknown[]): Knex.Transaction {
    return new ImmediateTransaction(this, ...args) as unknown as Knex.Transaction;
  }
}
