// One of our programs as a child process that says what it uses (tests/run/process-probe.ts).
// Used by benches and by tests of what a long run costs.
import { spawn } from "node:child_process";
import path from "node:path";
import type { ProcessUsage } from "./process-probe.ts";

const root = path.resolve(import.meta.dirname, "..", "..");
const probe = path.join(root, "tests", "run", "process-probe.ts");
const endMsMax = 20_000;

export interface ProbedProgram {
  /** `collectedUsage` collects garbage first. */
  usage(what?: "usage" | "collectedUsage" | "watchSyncs"): Promise<ProcessUsage>;
  /** Everything it has printed. */
  output(): string;
  /** Ends it in order; by force after 20 s. */
  stop(): Promise<void>;
}

/** @param script Path from the folder of the checkout. */
export function startProbed(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  nodeFlags: readonly string[] = [],
): ProbedProgram {
  const imports = ["--expose-gc", "--import", "tsx", "--import", probe];
  const child = spawn(
    process.execPath,
    [...nodeFlags, ...imports, path.join(root, script), ...args],
    {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (piece: Buffer) => (output += piece.toString("utf8")));
  }
  const waiting = new Map<number, (usage: ProcessUsage) => void>();
  let lastId = 0;
  child.on("message", (message) => {
    const { id, usage } = message as { id: number; usage: ProcessUsage };
    waiting.get(id)?.(usage);
    waiting.delete(id);
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    usage(what = "usage") {
      const id = (lastId += 1);
      const answer = new Promise<ProcessUsage>((resolve) => waiting.set(id, resolve));
      child.send({ id, what });
      const early = gone.then(() => {
        throw new Error(`${script} has ended:\n${output}`);
      });
      return Promise.race([answer, early]);
    },
    output: () => output,
    async stop() {
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), endMsMax);
      await gone;
      clearTimeout(force);
    },
  };
}
