// The log worker, a thread of the web process in which logs are read: its parsing and the making of
// long answers hold nobody up. Started by then with the first question; started again where it
// failed. Made once by web.ts; called through the LogReader port.
import { Worker } from "node:worker_threads";
import { LogReaderBusy, type LogReader } from "./replay/log-reader.ts";

/** Questions open at a time; more are refused at once. */
export const logQuestionsMax = 64;

/** One question to the thread. */
export interface LogQuestion {
  readonly id: number;
  readonly method: keyof LogReader;
  readonly args: readonly unknown[];
}

/** Its answer, or why there is none. */
export type LogAnswer = { readonly id: number } & (
  { readonly value: unknown } | { readonly error: string }
);

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export interface LogWorker extends LogReader {
  /** Starts the thread before it is asked anything: that takes a second. */
  warmUp(): void;
  stop(): Promise<void>;
}

export function createLogWorker(dataDir: string): LogWorker {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let lastId = 0;

  function start(): Worker {
    const entry = new URL("./log-worker-thread.ts", import.meta.url).href;
    const started = new Worker(new URL("./start-worker.mjs", import.meta.url), {
      workerData: { entry, dataDir },
    });
    started.on("message", (answer: LogAnswer) => {
      const one = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (waiting.size === 0) started.unref();
      if ("value" in answer) one?.resolve(answer.value);
      else one?.reject(new Error(`The log could not be read: ${answer.error}`));
    });
    const onGone = (error: Error): void => {
      if (worker !== started) return;
      worker = undefined;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    started.on("error", onGone);
    started.on("exit", (code) => onGone(new Error(`The log worker ended with code ${code}.`)));
    started.unref();
    return started;
  }

  function ask<Answer>(method: keyof LogReader, ...args: readonly unknown[]): Promise<Answer> {
    if (waiting.size >= logQuestionsMax) {
      return Promise.reject(new LogReaderBusy(`${waiting.size} logs are being read.`));
    }
    const id = ++lastId;
    const answer = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
    // It keeps the process alive only while it is asked something.
    worker ??= start();
    worker.ref();
    worker.postMessage({ id, method, args } satisfies LogQuestion);
    return answer as Promise<Answer>;
  }

  return {
    track: (record) => ask("track", record),
    events: (record, alarms) => ask("events", record, alarms),
    senders: (sessionId, range) => ask("senders", sessionId, range),
    layOut: (sessionId, range, choice) => ask("layOut", sessionId, range, choice),
    block: (sessionId, block, choice) => ask("block", sessionId, block, choice),
    warmUp() {
      worker ??= start();
    },
    async stop() {
      await worker?.terminate();
    },
  };
}
