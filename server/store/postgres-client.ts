// Knex's PostgreSQL client with what SQLite gives by itself: transactions that write come one after
// the other, texts are compared byte by byte, and a lost connection is told as such. Used by
// postgres.ts.
import { createRequire } from "node:module";
import type { Knex } from "knex";
import { DatabaseUnavailable } from "./database-unavailable.ts";

type Connection = Record<string, unknown>;
interface PlainClient extends Knex.Client {
  _query(connection: Connection, query: object): Promise<object>;
}
interface PlainTransaction {
  query(connection: Connection, sql: string): Promise<void>;
}
interface ColumnCompiler {
  text: string | (() => string);
}
type Constructor<T> = new (...args: unknown[]) => T;

const require = createRequire(import.meta.url); // the deep imports have no types
const folder = "knex/lib/dialects/postgres";
const Client = require(`${folder}/index.js`) as new (config: Knex.Config) => PlainClient;
const Transaction = require(
  `${folder}/execution/pg-transaction.js`,
) as Constructor<PlainTransaction>;
const Column = require(`${folder}/schema/pg-columncompiler.js`) as Constructor<ColumnCompiler>;

/** Of the database we are in: whoever writes several rows at once holds it. "SKYR" in ASCII. */
const writeLock = 0x53_4b_59_52;

class LockingTransaction extends Transaction {
  /** Every statement after it sees all that was committed before. */
  begin(connection: Connection): Promise<void> {
    return this.query(connection, `BEGIN; SELECT pg_advisory_xact_lock(${String(writeLock)})`);
  }
}

/** The same order and the same equality as SQLite's, whatever the database's language is. */
class BytewiseColumn extends Column {
  override text = 'text COLLATE "C"';
}

/**
 * SQLSTATE of what passes: connection lost (08), resources short (53), server stopping or starting
 * (57P), deadlock and its like (40), lock not had in time (55P03), statement stopped (57014), idle
 * for too long (25P03), read-only after a change of servers (25006).
 */
const passingStates = /^(?:08...|53...|57P..|40...|55P03|57014|25P03|25006)$/;

function isPassing(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof TypeError) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  // What has no SQLSTATE comes from the connection, not from the database.
  return !/^[0-9A-Z]{5}$/.test(code) || passingStates.test(code);
}

/** PostgreSQL's texts hold no NUL; nothing that is kept contains one, so nothing is found by it. */
function withoutNul(binding: unknown): unknown {
  return typeof binding === "string" ? binding.replaceAll("\0", "\uFFFD") : binding;
}

/** Pass as `client` to knex for a pool that reads. */
export class PostgresClient extends Client {
  override columnCompiler(...args: unknown[]): BytewiseColumn {
    return new BytewiseColumn(this, ...args);
  }

  override prepBindings(bindings: unknown): unknown {
    return Array.isArray(bindings) ? bindings.map(withoutNul) : bindings;
  }

  override async _query(connection: Connection, query: object): Promise<object> {
    try {
      return await super._query(connection, query);
    } catch (error) {
      if (!isPassing(error)) throw error;
      // The pool throws it away: a transaction may still be open on it, or an answer on its way.
      connection["__knex__disposed"] = error;
      throw new DatabaseUnavailable(error);
    }
  }

  override async acquireConnection(): Promise<unknown> {
    try {
      return (await super.acquireConnection()) as unknown;
    } catch (error) {
      throw new DatabaseUnavailable(error);
    }
  }
}

/** Pass as `client` to knex for a pool that writes. Nested transactions stay savepoints. */
export class LockingPostgresClient extends PostgresClient {
  override transaction(...args: unknown[]): Knex.Transaction {
    return new LockingTransaction(this, ...args) as unknown as Knex.Transaction;
  }
}
