// A whole server of its own for a test: supervisor, ingest and web as real processes on free ports
// and a new DATA_DIR. Used by tests/e2e.
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";

const root = path.resolve(import.meta.dirname, "..", "..");
const startMsMax = 60_000;
const stopMsMax = 30_000;
const password = "a-password-for-tests";

const runningSchema = z.object({
  url: z.string(),
  listeners: z.array(z.string()),
  supervisorPid: z.number(),
  webPid: z.number(),
  ingestPid: z.number(),
});
type Running = z.infer<typeof runningSchema>;

/** An answer as it came. `body` is the parsed JSON where it is JSON, else the text. */
export interface ServerAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Speaks to the API as one person; paths are below /api/v1. */
export interface ServerClient {
  /** For a socket or a browser: the Cookie header. */
  readonly cookie: string;
  get(path: string, headers?: Record<string, string>): Promise<ServerAnswer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<ServerAnswer>;
  delete(path: string, headers?: Record<string, string>): Promise<ServerAnswer>;
  /** The bytes of a download. */
  bytes(path: string, headers?: Record<string, string>): Promise<Uint8Array>;
}

export interface StartedServer {
  /** As "http://127.0.0.1:40123". */
  readonly url: string;
  /** Where drones send to. */
  readonly udp: { readonly host: string; readonly port: number };
  readonly dataDir: string;
  /** Of every demo account. */
  readonly password: string;
  /** As "operator@demo.invalid". */
  signIn(email: string): Promise<ServerClient>;
  /** Nobody signed in. */
  stranger(): ServerClient;
  /** Process ids as they are now, after restarts too. */
  pids(): { readonly supervisor: number; readonly web: number; readonly ingest: number };
  /** Everything the supervisor has printed. */
  output(): string;
  /** Stops in order and removes the DATA_DIR; by force where that takes too long. */
  stop(): Promise<void>;
  /** Stops in order and keeps the DATA_DIR, to be started on again. */
  stopKeepingData(): Promise<void>;
}

export interface StartOptions {
  /** Simulated drones and their bookings too. */
  readonly sim?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** One that an earlier server left; a new one where it is left out. */
  readonly dataDir?: string;
}

/** Starts a server and waits until it serves. */
export async function startServer(options: StartOptions = {}): Promise<StartedServer> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), "skyrange-"));
  const flags = options.sim === true ? [] : ["--server-only", "--demo"];
  const child = spawn(
    process.execPath,
    ["--import", "tsx", path.join(root, "server", "main.ts"), ...flags],
    {
      cwd: root,
      env: {
        ...process.env,
        DATA_DIR: dataDir,
        HTTP_PORT: "0",
        MAVLINK_UDP: "127.0.0.1:0",
        DEMO_PASSWORD: password,
        ...options.env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (piece: Buffer) => (output += piece.toString("utf8")));
  }
  const running = await untilRunning(child, dataDir, () => output);
  const stopKeepingData = (): Promise<void> => stopChild(child, dataDir);
  return {
    url: running.url,
    udp: addressOf(running.listeners[0] ?? ""),
    dataDir,
    password,
    signIn: (email) => signIn(running.url, email),
    stranger: () => clientOf(running.url, ""),
    pids() {
      const now = readRunning(dataDir) ?? running;
      return { supervisor: now.supervisorPid, web: now.webPid, ingest: now.ingestPid };
    },
    output: () => output,
    stopKeepingData,
    async stop() {
      await stopKeepingData();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Runs only forward. */
function nowMs(): number {
  return process.uptime() * 1_000;
}

/** True while the process lives. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Asks until it is so; fails with `what` after the time. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  timeoutMs = 15_000,
): Promise<void> {
  const endMs = nowMs() + timeoutMs;
  while (!(await isSo())) {
    if (nowMs() > endMs) throw new Error(`Not within ${timeoutMs} ms: ${what}.`);
    await wait(50);
  }
}

function readRunning(dataDir: string): Running | undefined {
  const file = path.join(dataDir, "running.json");
  if (!existsSync(file)) return undefined;
  try {
    return runningSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined; // read while it was written
  }
}

async function untilRunning(
  child: ChildProcess,
  dataDir: string,
  output: () => string,
): Promise<Running> {
  const endMs = nowMs() + startMsMax;
  for (;;) {
    const running = readRunning(dataDir);
    if (running?.supervisorPid === child.pid && running !== undefined) return running;
    const isGone = child.exitCode !== null || child.signalCode !== null;
    if (isGone || nowMs() > endMs) {
      child.kill("SIGKILL");
      throw new Error(`The server did not start.\n${output()}\n${logsOf(dataDir)}`);
    }
    await wait(50);
  }
}

/** The programs' logs, for the message of a failed test. */
function logsOf(dataDir: string): string {
  const folder = path.join(dataDir, "logs");
  if (!existsSync(folder)) return "";
  return readdirSync(folder)
    .map((name) => `--- ${name}\n${readFileSync(path.join(folder, name), "utf8").slice(-5_000)}`)
    .join("\n");
}

async function stopChild(child: ChildProcess, dataDir: string): Promise<void> {
  const pids = readRunning(dataDir);
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await Promise.race([gone, wait(stopMsMax)]);
    child.kill("SIGKILL");
  }
  // After a test that killed the supervisor its programs still run.
  for (const pid of [pids?.webPid, pids?.ingestPid]) {
    if (pid === undefined || !isAlive(pid)) continue;
    process.kill(pid, "SIGTERM");
    await until(`process ${pid} ends`, () => !isAlive(pid)).catch(() =>
      process.kill(pid, "SIGKILL"),
    );
  }
}

function addressOf(listener: string): { host: string; port: number } {
  const colon = listener.lastIndexOf(":");
  return { host: listener.slice(0, colon), port: Number(listener.slice(colon + 1)) };
}

/** At one of several web processes, where the server has more than its own. */
export async function signIn(url: string, email: string): Promise<ServerClient> {
  const answer = await clientOf(url, "").post("/session", { email, password });
  const cookie = answer.headers.getSetCookie()[0]?.split(";")[0];
  if (answer.status !== 200 || cookie === undefined) {
    throw new Error(`${email} cannot sign in: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return clientOf(url, cookie);
}

function clientOf(url: string, cookie: string): ServerClient {
  const ask = (method: string, where: string, given: Record<string, string>, body?: unknown) => {
    const headers: Record<string, string> = { ...given };
    if (cookie !== "") headers["cookie"] = cookie;
    if (body !== undefined) headers["content-type"] ??= "application/json";
    const sent = typeof body === "string" ? body : JSON.stringify(body);
    const init = body === undefined ? { method, headers } : { method, headers, body: sent };
    return fetch(`${url}/api/v1${where}`, init);
  };
  const answerOf = async (response: Response): Promise<ServerAnswer> => {
    const text = await response.text();
    const isJson = /\bjson\b/.test(response.headers.get("content-type") ?? "");
    const body: unknown = isJson ? JSON.parse(text) : text;
    return { status: response.status, headers: response.headers, body };
  };
  return {
    cookie,
    get: async (where, headers = {}) => answerOf(await ask("GET", where, headers)),
    post: async (where, body = {}, headers = {}) => {
      return answerOf(await ask("POST", where, headers, body));
    },
    delete: async (where, headers = {}) => answerOf(await ask("DELETE", where, headers)),
    bytes: async (where, headers = {}) => {
      const response = await ask("GET", where, headers);
      if (!response.ok) throw new Error(`${where}: ${response.status} ${await response.text()}`);
      return new Uint8Array(await response.arrayBuffer());
    },
  };
}
