// Keeps one program running: starts it again when it ends unasked, later each time it fails soon.
// Called by server/supervisor.ts for every program it starts.
import type { Run } from "./spawn-program.ts";

const firstDelayMs = 250;
const delayMsMax = 10_000;
/** A run of this length was a good one: the next restart is quick again. */
const goodRunMs = 30_000;
/** How long a program may take to end in order before it is killed. */
const endingMsMax = 10_000;

/** How long to wait before a restart: doubled from the last wait up to 10 s. */
export function nextDelayMs(previousDelayMs: number): number {
  return Math.min(previousDelayMs * 2, delayMsMax);
}

/** A program that is kept running. */
export interface Keeper {
  /** Of the run that stands now; undefined between two. */
  pid(): number | undefined;
  /** Settles when the first run ends before `markReady`, with its last words. */
  readonly failedToStart: Promise<string>;
  /** It is up: from now on an end is a crash and leads to a restart. */
  markReady(): void;
  /** Ends it in order, by force after 10 s. Does nothing more once it is gone. */
  stop(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
  /** True once `stop` or `kill` was asked for. */
  isStopped(): boolean;
}

/**
 * @param start Starts a run; called again for each restart.
 * @param onCrash Told the last words of each run that ended unasked, and the wait before the next.
 */
export function keepRunning(
  start: () => Run,
  onCrash: (lastWords: string, delayMs: number) => void,
): Keeper {
  let delayMs = firstDelayMs;
  let ready = false;
  let stopping = false;
  let run: Run | undefined;
  let restart: NodeJS.Timeout | undefined;
  let failed: (lastWords: string) => void;
  const failedToStart = new Promise<string>((resolve) => (failed = resolve));

  const begin = (): void => {
    const thisRun = start();
    run = thisRun;
    const good = setTimeout(() => (delayMs = firstDelayMs), goodRunMs);
    void thisRun.ended.then(() => {
      clearTimeout(good);
      run = undefined;
      if (stopping) return;
      if (!ready) {
        failed(thisRun.lastWords());
        return;
      }
      onCrash(thisRun.lastWords(), delayMs);
      restart = setTimeout(begin, delayMs);
      delayMs = nextDelayMs(delayMs);
    });
  };
  begin();

  return {
    pid: () => run?.pid,
    isStopped: () => stopping,
    failedToStart,
    markReady: () => (ready = true),
    async stop() {
      stopping = true;
      clearTimeout(restart);
      const last = run;
      if (last === undefined) return;
      last.terminate();
      const force = setTimeout(() => last.kill(), endingMsMax);
      await last.ended;
      clearTimeout(force);
    },
    kill() {
      stopping = true;
      clearTimeout(restart);
      run?.kill();
    },
  };
}
