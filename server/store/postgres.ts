// Connects to a PostgreSQL database: a pool that writes and one that reads. Called by database.ts.
import knex, { type Knex } from "knex";
import type { DatabasePools } from "./database-pools.ts";
import { postgresDialect } from "./dialect.ts";
import { LockingPostgresClient, PostgresClient } from "./postgres-client.ts";
import { silentKnex } from "./silent-knex.ts";

/** Connections of one web process. Writing transactions work one after the other anyway. */
const writeConnectionsMax = 2;
const readConnectionsMax = 6;

/** How long things may take before what asked is answered "not at the moment". */
const waits = {
  connectMsMax: 5_000,
  /** For a free connection of the pool. */
  poolMsMax: 10_000,
  /** For another process's write. */
  lockMsMax: 10_000,
  /** A process that stops in the middle of a transaction keeps others out no longer. */
  idleInTransactionMsMax: 10_000,
  /** For an answer: longer, and the connection is taken for dead. */
  answerMsMax: 30_000,
} as const;

/** Numbers for 64-bit integers: milliseconds, versions and counts are all below 2^53. */
function readInteger(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(`The database holds ${text}; expected an integer below 2^53.`);
}

/** By PostgreSQL's number of the type. Rows look as SQLite's do: truth is 1. */
const parsers = new Map<number, (text: string) => unknown>([
  [16, (bool) => (bool === "t" ? 1 : 0)],
  [20, readInteger], // int8
  [23, Number], // int4
  [701, Number], // float8
]);
const types = {
  getTypeParser: (oid: number) => parsers.get(oid) ?? ((text: string): unknown => text),
};

const session = `SET lock_timeout = ${String(waits.lockMsMax)};
  SET idle_in_transaction_session_timeout = ${String(waits.idleInTransactionMsMax)};`;
/** A booking that was answered survives a power cut, also where the server is set otherwise. */
const writeSession = `${session} SELECT set_config('synchronous_commit', 'on', false)
  WHERE current_setting('synchronous_commit') = 'off';`;
/** A transaction that reads is one snapshot. */
const readSession = `${session} SET SESSION CHARACTERISTICS AS TRANSACTION
  ISOLATION LEVEL REPEATABLE READ, READ ONLY;`;

type Prepared = (error: Error | null, connection: Knex.Client) => void;
interface PostgresConnection extends Knex.Client {
  query(sql: string, done: (error: Error | null) => void): void;
}

type ClientClass = new (config: Knex.Config) => Knex.Client;

function poolOf(client: ClientClass, url: string, max: number, prepare: string): Knex {
  return knex({
    client: client as typeof Knex.Client,
    connection: {
      connectionString: url,
      application_name: "skyrange",
      keepAlive: true,
      connectionTimeoutMillis: waits.connectMsMax,
      query_timeout: waits.answerMsMax,
      types,
    },
    acquireConnectionTimeout: waits.poolMsMax,
    compileSqlOnError: false,
    log: silentKnex,
    pool: {
      min: 0,
      max,
      afterCreate: (connection: PostgresConnection, done: Prepared) =>
        connection.query(prepare, (error) => done(error, connection)),
    },
  });
}

/** Connects only when something is asked. */
export function openPostgres(url: string): DatabasePools {
  return {
    write: poolOf(LockingPostgresClient, url, writeConnectionsMax, writeSession),
    read: poolOf(PostgresClient, url, readConnectionsMax, readSession),
    dialect: postgresDialect,
    expected: "a PostgreSQL server that answers, and a database that the user may make tables in",
  };
}
