// Opens a SQLite file: one connection that writes and a few that read. Called by database.ts.
import knex from "knex";
import type { DatabasePools } from "./database-pools.ts";
import { sqliteDialect } from "./dialect.ts";
import { ImmediateSqliteClient } from "./immediate-sqlite.ts";
import { silentKnex } from "./silent-knex.ts";

/** How long a statement waits for another process's write before it fails. */
const busyTimeoutMs = 10_000;
/** Connections for reading beside the one that writes. */
const readConnectionsMax = 3;

interface SqliteConnection {
  configure(option: "busyTimeout", valueMs: number): void;
  exec(sql: string, done: (error: Error | null) => void): void;
}
type Prepared = (error: Error | null, connection: SqliteConnection) => void;

function connectWith(pragmas: string): (connection: SqliteConnection, done: Prepared) => void {
  return (connection, done) => {
    connection.configure("busyTimeout", busyTimeoutMs);
    connection.exec(pragmas, (error) => done(error, connection));
  };
}

/** Makes the file where there is none, once something is asked. */
export function openSqlite(file: string): DatabasePools {
  const connection = { filename: file };
  // synchronous=FULL: a booking that was answered survives a power cut.
  const writePragmas =
    "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;";
  const write = knex({
    client: ImmediateSqliteClient,
    connection,
    useNullAsDefault: true,
    log: silentKnex,
    pool: { min: 1, max: 1, afterCreate: connectWith(writePragmas) },
  });
  const read = knex({
    client: "sqlite3",
    connection,
    useNullAsDefault: true,
    log: silentKnex,
    pool: { min: 0, max: readConnectionsMax, afterCreate: connectWith("PRAGMA query_only = ON;") },
  });
  const expected = "a SQLite file, or a folder in which to make one";
  return { write, read, dialect: sqliteDialect, expected };
}
