// Opens the database, SQLite or PostgreSQL, and brings its tables up to date. Called once at start
// by the web process and by the commands; repositories get what it returns.
import type { Knex } from "knex";
import type { DatabasePools } from "./database-pools.ts";
import { describeTarget, type DatabaseTarget } from "./database-target.ts";
import { driverMessage } from "./database-unavailable.ts";
import { migrate } from "./migrate.ts";
import { openSqlite } from "./sqlite.ts";

export interface Database {
  /**
   * The one way to write. Its transactions come one after the other, in all processes: each holds
   * the write lock from its first statement. Keep them short and await nothing outside the
   * database inside them.
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

/** Applies the migrations that the database lacks; a SQLite file is made where there is none. */
export async function openDatabase(target: DatabaseTarget): Promise<DatabaseOpening> {
  const { write, read, dialect, expected } = await poolsOf(target);
  const close = async (): Promise<void> => {
    await Promise.all([write.destroy(), read.destroy()]);
  };
  const failed = async (why: string): Promise<DatabaseOpening> => {
    await close();
    const reason = `The database ${describeTarget(target)} was not opened: ${why}`;
    return { kind: "failed", reason };
  };
  try {
    const refusal = await migrate(write, dialect);
    if (refusal !== undefined) return await failed(refusal);
    return { kind: "open", database: { write, read, close } };
  } catch (error) {
    return failed(`expected ${expected}; ${driverMessage(error)}`);
  }
}

/** The driver of PostgreSQL is loaded only where it is used. */
async function poolsOf(target: DatabaseTarget): Promise<DatabasePools> {
  if (target.kind === "sqlite") return openSqlite(target.file);
  const { openPostgres } = await import("./postgres.ts");
  return openPostgres(target.url);
}
