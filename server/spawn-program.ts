// Starts one of our programs as a child process with its output in a log file.
// Called by server/supervisor.ts; nothing else starts processes.
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync, renameSync, statSync } from "node:fs";

/** What to start. */
export interface Program {
  /** Path of the Node that runs it. */
  readonly node: string;
  /** Flags of Node, script and arguments. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly logFile: string;
  /** True: ends when the starting process is gone. False: outlives it. */
  readonly endsWithUs: boolean;
}

/** One run of a program. */
export interface Run {
  readonly pid: number | undefined;
  /** Settles when it is gone; never rejects. */
  readonly ended: Promise<void>;
  /** What it said since it started that a person should read: its last plain line. */
  lastWords(): string;
  terminate(): void;
  kill(): void;
}

/** A log above this is moved aside (to `.1`, which it replaces) at the next start. */
const logBytesMax = 16 * 1024 * 1024;

/**
 * Starts it in its own process group, so that Ctrl-C in a terminal reaches only the supervisor,
 * which stops the programs in order.
 *
 * @param onMessage Hears what the program sends over its channel (programs that end with us).
 */
export function spawnProgram(program: Program, onMessage: (message: unknown) => void): Run {
  const { logFile } = program;
  const loggedBytes = sizeOf(logFile);
  if (loggedBytes > logBytesMax) renameSync(logFile, `${logFile}.1`);
  const saidFrom = loggedBytes > logBytesMax ? 0 : loggedBytes;
  const log = openSync(logFile, "a", 0o600);
  const child = spawn(program.node, [...program.args], {
    cwd: program.cwd,
    env: program.env,
    detached: true,
    windowsHide: true,
    stdio: program.endsWithUs ? ["ignore", log, log, "ipc"] : ["ignore", log, log],
  });
  closeSync(log);
  child.on("message", onMessage);
  return {
    pid: child.pid,
    ended: endOf(child),
    lastWords: () => lastPlainLine(readFrom(logFile, saidFrom)),
    terminate: () => void child.kill("SIGTERM"),
    kill: () => void child.kill("SIGKILL"),
  };
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function readFrom(file: string, fromByte: number): string {
  return readFileSync(file).subarray(fromByte).toString("utf8");
}

/**
 * The last line that is meant for a person: no structured log line, no line of a stack.
 * Empty where there is none.
 */
export function lastPlainLine(text: string): string {
  const plain = text
    .split("\n")
    .filter((line) => /^[^\s{}]/.test(line) && !line.startsWith("Node.js v"))
    .map((line) => line.trim());
  return plain.findLast((line) => /error|:/i.test(line)) ?? plain.at(-1) ?? "";
}
