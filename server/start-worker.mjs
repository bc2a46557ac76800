// Starts a worker thread written in TypeScript. Node 20 gives a worker no loader of its parent's:
// this file, which needs none, registers it and then loads the program named in workerData.entry.
import { workerData } from "node:worker_threads";

if (!process.features.typescript) (await import("tsx/esm/api")).register();
await import(workerData.entry);
