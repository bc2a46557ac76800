// Composition root, and the only file that starts things: reads the settings and becomes what
// ROLE says, the web process, ingest, or (all) the supervisor that starts both and the demo.
import { randomBytes } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readConfig, type Config } from "./config.ts";
import { makeFolder } from "./make-folder.ts";

/** A second Ctrl-C forces; npm passes the first one on a second time at once. */
const secondSignalAfterMs = 1_000;

function fail(reason: string): never {
  console.error(`skyrange: ${reason}`);
  process.exit(1);
}

function makeDataDir(config: Config): void {
  try {
    makeFolder(config.dataDir);
    makeFolder(join(config.dataDir, "logs"));
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    fail(`DATA_DIR is "${config.dataDir}"; allowed: a folder that can be written; ${found}.`);
  }
}

/** Calls `stop` on the first signal to end and `force` on a later one, then ends the process. */
function stopOnSignals(stop: () => Promise<void>, force: () => void): void {
  let firstAtMs: number | undefined;
  const end = (): void => {
    const nowMs = process.uptime() * 1_000;
    if (firstAtMs === undefined) {
      firstAtMs = nowMs;
      void stop().then(() => process.exit(0));
    } else if (nowMs - firstAtMs > secondSignalAfterMs) {
      force();
      process.exit(1);
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  // The channel to the supervisor is gone, and with it the supervisor.
  if (process.send !== undefined) process.on("disconnect", end);
}

async function runWeb(config: Config): Promise<void> {
  const [{ startWeb }, { createLog }] = await Promise.all([import("./web.ts"), import("./log.ts")]);
  const start = await startWeb(config, {
    log: createLog("web", config.logLevel),
    root: resolve(import.meta.dirname, ".."),
    tellSupervisor: (message) => process.send?.(message),
  });
  if (start.kind === "failed") fail(start.reason);
  stopOnSignals(
    () => start.web.stop(),
    () => undefined,
  );
}

/** Base 32 without letters that look alike, in groups to be read aloud: 60 random bits. */
function makePassword(): string {
  const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  const letters = [...randomBytes(12)].map((byte) => alphabet.charAt(byte & 31)).join("");
  return `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`;
}

async function runAll(given: Config): Promise<void> {
  const [{ supervise }, { lockDataDir }] = await Promise.all([
    import("./supervisor.ts"),
    import("./data-dir-lock.ts"),
  ]);
  makeDataDir(given);
  const lock = await lockDataDir(given.dataDir);
  if (lock.kind === "taken") {
    fail(
      `another Skyrange runs on DATA_DIR ${given.dataDir}: stop it with Ctrl-C where it was ` +
        "started, or choose another folder (--data DIR) and port (--port N).",
    );
  }
  const config = given.demo
    ? { ...given, demoPassword: given.demoPassword ?? makePassword() }
    : given;
  const { ingestSocketPath } = await import("./cluster/ingest-socket.ts");
  // For people and scripts: where everything is, while it runs.
  const runningFile = join(config.dataDir, "running.json");
  const supervisor = await supervise(config, {
    env: process.env,
    node: process.execPath,
    root: resolve(import.meta.dirname, ".."),
    ingestSocket: ingestSocketPath(config.dataDir),
    signal: (pid, signal) => {
      try {
        return process.kill(pid, signal);
      } catch {
        return false;
      }
    },
    say: (line) => console.log(`skyrange: ${line}`),
    onUp: (running) => {
      const facts = { ...running, supervisorPid: process.pid };
      writeFileSync(runningFile, `${JSON.stringify(facts, undefined, 2)}\n`, { mode: 0o600 });
    },
  });
  const stop = async (): Promise<void> => {
    console.log("\nskyrange: stopping; again to force.");
    await supervisor.stop();
    rmSync(runningFile, { force: true });
    lock.release();
  };
  stopOnSignals(stop, () => supervisor.kill());
  const start = await supervisor.started;
  if (start.kind === "failed") {
    // Said before anything is waited for.
    console.error(`skyrange: ${start.reason}`);
    await supervisor.abandon();
    process.exit(1);
  }
  console.log(announcement(config, start.url, start.listeners));
}

/** What a person needs to begin. */
function announcement(config: Config, url: string, listeners: readonly string[]): string {
  const lines = [
    "",
    `Skyrange is running.`,
    `  Open it      ${config.publicUrl ?? url}`,
    `  Scripts      ${config.publicUrl ?? url}/api/docs`,
    `  Drones       MAVLink to ${listeners.join(", ")}`,
    `  Data, logs   ${config.dataDir}`,
  ];
  if (config.demo) {
    lines.push(
      `  Sign in as   controller@demo.invalid   (the control room)`,
      `               operator@demo.invalid     (books flights)`,
      `               operator2@demo.invalid    (books for another company)`,
      `               pilot@demo.invalid        (replays flights)`,
      `               admin@demo.invalid        (manages the site)`,
      `  Password     ${config.demoPassword ?? ""}`,
    );
  } else {
    lines.push(`  Accounts     npm run user -- add EMAIL --role admin`);
  }
  lines.push(`  Ctrl-C stops everything in order.`, "");
  return lines.join("\n");
}

async function main(): Promise<void> {
  const config = readConfig(process.env, process.argv);
  if ("problems" in config) {
    for (const problem of config.problems) console.error(`skyrange: ${problem}`);
    process.exit(1);
  }
  switch (config.role) {
    case "all":
      return runAll(config);
    case "web":
      makeDataDir(config);
      return runWeb(config);
    case "ingest":
      makeDataDir(config);
      await import("./ingest/main.ts");
  }
}

await main();
