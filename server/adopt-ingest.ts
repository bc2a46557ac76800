// The watch of an earlier start that still runs: found at a start, and taken over as if it were
// ours. Called by server/supervisor.ts.
import { setTimeout as wait } from "node:timers/promises";
import { askIngestToStop, greetIngest, greetMsMax } from "./cluster/running-ingest.ts";
import { answers } from "./cluster/take-socket.ts";
import type { Run } from "./spawn-program.ts";

const livenessEveryMs = 500;
/** How long one that cannot be taken over may take to end in order. */
const endingMsMax = 10_000;

/** What of the world this needs. */
export interface AdoptPorts {
  /** Local socket on which ingest serves the web process. */
  readonly ingestSocket: string;
  /** Signals a process that we did not start; 0 only asks. False where there is none. */
  readonly signal: (pid: number, signal: NodeJS.Signals | 0) => boolean;
  readonly say: (line: string) => void;
}

/** What takes the running watch over; undefined where there is none that can be. */
export async function findIngest(
  ports: AdoptPorts,
  timeoutMs = greetMsMax,
): Promise<(() => Run) | undefined> {
  const greeting = await greetIngest(ports.ingestSocket, timeoutMs);
  switch (greeting.kind) {
    case "none":
      return undefined;
    case "ours":
    case "silent": {
      ports.say("The watch of an earlier start still runs: it is taken over.");
      const pid = greeting.kind === "ours" ? greeting.hello.pid : undefined;
      return () => adoptedRun(pid, ports);
    }
    case "foreign":
      ports.say("The watch of an earlier start is of another version: it ends, and ours begins.");
      await endForeign(ports);
      return undefined;
  }
}

/** One that does not end holds its sockets: our own then says so. */
async function endForeign({ ingestSocket }: AdoptPorts): Promise<void> {
  askIngestToStop(ingestSocket);
  for (let waitedMs = 0; waitedMs < endingMsMax; waitedMs += livenessEveryMs) {
    if (!(await answers(ingestSocket))) return;
    await wait(livenessEveryMs);
  }
}

/** @param pid Undefined where it has not said: it can then only be asked to end. */
function adoptedRun(pid: number | undefined, ports: AdoptPorts): Run {
  const left = { alone: false };
  const isThere = async (): Promise<boolean> =>
    pid === undefined ? answers(ports.ingestSocket) : ports.signal(pid, 0);
  const ended = (async () => {
    while (!left.alone && (await isThere())) await wait(livenessEveryMs);
  })();
  return {
    pid,
    ended,
    lastWords: () => "",
    terminate() {
      if (pid === undefined) askIngestToStop(ports.ingestSocket);
      else ports.signal(pid, "SIGTERM");
    },
    kill() {
      if (pid !== undefined) ports.signal(pid, "SIGKILL");
      else ports.say("The watch of an earlier start does not answer and is left running.");
      left.alone = pid === undefined;
    },
  };
}
