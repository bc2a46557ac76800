// A second web process beside a started server: same DATA_DIR, so the same ingest and cookies, and
// the same database. Used by tests of several processes over one PostgreSQL.
import { fork } from "node:child_process";
import path from "node:path";
import type { StartedServer } from "./start-server.ts";

const root = path.resolve(import.meta.dirname, "..", "..");

export interface SecondWeb {
  readonly url: string;
  stop(): Promise<void>;
}

/** Settles once it listens. */
export async function startSecondWeb(
  { dataDir }: StartedServer,
  env: Readonly<Record<string, string>>,
): Promise<SecondWeb> {
  const child = fork(path.join(root, "server", "main.ts"), {
    cwd: root,
    execArgv: ["--import", "tsx"],
    env: { ...process.env, ROLE: "web", DATA_DIR: dataDir, HTTP_PORT: "0", ...env },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", () => reject(new Error("The second web process ended.")));
    child.on("message", (message: { kind: string; url?: string }) => {
      if (message.kind === "listening") resolve(message.url ?? "");
    });
  });
  return {
    url,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
