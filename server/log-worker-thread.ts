// The log worker's own side: answers each question of server/log-worker.ts by its number.
// Loaded by start-worker.mjs in a thread of the web process.
import { parentPort, workerData } from "node:worker_threads";
import { createLogReader } from "./log-reader.ts";
import type { LogAnswer, LogQuestion } from "./log-worker.ts";

const { dataDir } = workerData as { readonly dataDir: string };
const reader = createLogReader(dataDir);
const port = parentPort;
if (port === null) throw new Error("log-worker-thread.ts is loaded by start-worker.mjs only");

port.on("message", ({ id, method, args }: LogQuestion) => {
  const ask = reader[method] as (...args: readonly unknown[]) => Promise<unknown>;
  void ask(...args).then(
    (value) => {
      const moved = value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : [];
      port.postMessage({ id, value } satisfies LogAnswer, moved);
    },
    (error: unknown) => port.postMessage({ id, error: String(error) } satisfies LogAnswer),
  );
});
