// A PostgreSQL cluster of the tests' own, behind a socket in the temporary folder: started before
// the tests of `stores-postgres`, dropped after. On a machine without PostgreSQL they are skipped.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { TestProject } from "vitest/node";
import { openDatabase } from "../../server/store/database.ts";

declare module "vitest" {
  interface ProvidedContext {
    /**
     * Of the cluster's own database, by a user who may make others; null: this machine has no
     * PostgreSQL. Given only where the tests are to run on it.
     */
    postgresUrl?: string | null;
  }
}

const startMsMax = 30_000;
const user = "skyrange";
/** A database with every table and nothing in them, to make others from. */
export const templateName = "skyrange_template";
/** Where Debian keeps the programs of each version; elsewhere they are on the PATH. */
const debianFolder = "/usr/lib/postgresql";

function programFolder(): string | undefined {
  const versions = existsSync(debianFolder) ? readdirSync(debianFolder).sort().reverse() : [];
  const folders = [
    ...versions.map((version) => path.join(debianFolder, version, "bin")),
    ...(process.env["PATH"] ?? "").split(path.delimiter),
  ];
  return folders.find((folder) =>
    ["initdb", "postgres", "pg_isready", "createdb"].every((name) =>
      existsSync(path.join(folder, name)),
    ),
  );
}

/** PostgreSQL refuses to run as root: then its own user runs it. */
function runAs(): { uid?: number; gid?: number } {
  if (userInfo().uid !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

async function untilReady(child: ChildProcess, isReady: string, folder: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < startMsMax; waitedMs += 50) {
    if (child.exitCode !== null) break;
    try {
      execFileSync(isReady, ["-q", "-h", folder], { stdio: "ignore" });
      return;
    } catch {
      await wait(50);
    }
  }
  throw new Error(`PostgreSQL did not start in ${folder} within ${startMsMax} ms.`);
}

/** Vitest calls it before the first test of the project, and what it returns after the last. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const programs = programFolder();
  if (programs === undefined) {
    project.provide("postgresUrl", null);
    return undefined;
  }
  const folder = mkdtempSync(path.join(tmpdir(), "skyrange-postgres-"));
  const owner = runAs();
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid ?? owner.uid);
  const data = path.join(folder, "data");
  const options = { cwd: folder, ...owner };
  const initdb = ["-D", data, "-U", user, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"];
  execFileSync(path.join(programs, "initdb"), [...initdb, "--no-sync"], {
    ...options,
    stdio: ["ignore", "ignore", "pipe"],
  });
  // However the tests end, the end of its standard input ends the cluster.
  const script = '"$0" "$@" </dev/null & cluster=$!; cat; kill -INT $cluster; wait $cluster';
  const server = [path.join(programs, "postgres"), "-D", data, "-k", folder, "-h", ""];
  const child = spawn("sh", ["-c", script, ...server], {
    ...options,
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  await untilReady(child, path.join(programs, "pg_isready"), folder);
  const url = (name: string) => `postgres://${user}@localhost/${name}?host=${folder}`;
  execFileSync(path.join(programs, "createdb"), ["-h", folder, "-U", user, templateName]);
  const template = await openDatabase({ kind: "postgres", url: url(templateName) });
  if (template.kind === "failed") throw new Error(template.reason);
  await template.database.close();
  project.provide("postgresUrl", url("postgres"));
  return async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
}
