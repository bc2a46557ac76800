// Empty databases for tests. SQLite in a folder of its own; in the project `stores-postgres`
// PostgreSQL, in the cluster that postgres-cluster.ts started.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import knex from "knex";
import { inject, test as plainTest } from "vitest";
import { openDatabase, type Database } from "../../server/store/database.ts";
import type { DatabaseTarget } from "../../server/store/database-target.ts";
import { templateName } from "./postgres-cluster.ts";

/** A database with nothing in it, and how it goes away once nobody needs it. */
export interface TestDatabase {
  readonly target: DatabaseTarget;
  drop(): Promise<void>;
}

/** Of the cluster; null: not on this machine; undefined: the tests run on SQLite. */
const clusterUrl = inject("postgresUrl");

/** True where the tests run on PostgreSQL. */
export const isOnPostgres = clusterUrl !== undefined;

/** For tests of a store: skipped, by its name, where the store is not on this machine. */
export const test = plainTest.skipIf(clusterUrl === null);

/** Runs one statement in the cluster's own database. */
export async function inCluster(statement: string): Promise<void> {
  const cluster = knex({ client: "pg", connection: clusterUrl ?? "", pool: { min: 0, max: 1 } });
  try {
    await cluster.raw(statement);
  } finally {
    await cluster.destroy();
  }
}

let made = 0;

async function makePostgres(cluster: string): Promise<TestDatabase> {
  const name = `test_${process.pid}_${(made += 1)}`;
  await inCluster(`CREATE DATABASE ${name} TEMPLATE ${templateName}`);
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  const drop = () => inCluster(`DROP DATABASE ${name} WITH (FORCE)`);
  return { target: { kind: "postgres", url: url.href }, drop };
}

/** A new database of the kind that the tests run on. */
export async function makeDatabase(): Promise<TestDatabase> {
  if (typeof clusterUrl === "string") return makePostgres(clusterUrl);
  const folder = mkdtempSync(path.join(tmpdir(), "skyrange-store-"));
  const drop = (): Promise<void> => {
    rmSync(folder, { recursive: true, force: true });
    return Promise.resolve();
  };
  return { target: { kind: "sqlite", file: path.join(folder, "test.sqlite") }, drop };
}

/** Opens it, with its tables. */
export async function openTest({ target }: TestDatabase): Promise<Database> {
  const opening = await openDatabase(target);
  if (opening.kind === "failed") throw new Error(opening.reason);
  return opening.database;
}
