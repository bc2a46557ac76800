// Opens the embedded database and brings its tables up to date. Called once at start by the web
// process and by the commands; repositories get what it returns.
import knex, { type Knex } from "knex";
import { ImmediateSqliteClient } from "./immediate-sqlite.ts";
import { migrate } from "./migrate.ts";

/** How long a statement waits for another process's write before it fails. */
export const busyTimeoutMs = 10_000;
/** Connections for reading beside the one that writes. */
const readConnectionsMax = 3;

export interface Database {
  /**
   * The one connection that writes. Its transactions hold the write lock from their first
   * statement: keep them short and await nothing outside the database inside them.
   */
  readonly write: Knex;
  /** Sees everything committed; refuses to write. A transaction of it is one snapshot. */
  readonly read: Knex;
  close(): Promise<void>;
}

export type DatabaseOpening =
  | { readonly kind: "open"; readonly database: Database }
  /** `reason` is one line for a person. */
  | { readonly kind: "failed"; readonly reason: string };

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

/** Knex prints what it also throws; the caller says it once, in its own words. */
const silent = {
  warn: (): void => undefined,
  error: (): void => undefined,
  deprecate: (): void => undefined,
  debug: (): void => undefined,
};

/** Opens the SQLite file, making it where there is none, and applies the migrations it lacks. */
export async function openDatabase(file: string): Promise<DatabaseOpening> {
  const connection = { filename: file };
  // synchronous=FULL: a booking that was answered survives a power cut.
  const writePragmas =
    "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;";
  const write = knex({
    client: ImmediateSqliteClient,
    connection,
    useNullAsDefault: true,
    log: silent,
    pool: { min: 1, max: 1, afterCreate: connectWith(writePragmas) },
  });
  const read = knex({
    client: "sqlite3",
    connection,
    useNullAsDefault: true,
    log: silent,
    pool: { min: 0, max: readConnectionsMax, afterCreate: connectWith("PRAGMA query_only = ON;") },
  });
  const close = async (): Promise<void> => {
    await Promise.all([write.destroy(), read.destroy()]);
  };
  try {
    const refusal = await migrate(write);
    if (refusal === undefined) return { kind: "open", database: { write, read, close } };
    await close();
    return { kind: "failed", reason: `The database ${file} was not opened: ${refusal}` };
  } catch (error) {
    await close();
    const found = error instanceof Error ? error.message.replaceAll(/\s+/g, " ") : String(error);
    const expected = "expected a SQLite file, or a folder in which to make one";
    return { kind: "failed", reason: `The database ${file} was not opened: ${expected}; ${found}` };
  }
}
