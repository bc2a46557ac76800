// The one way by which lasting events leave ingest: into the journal, which is told once it is on
// disk. Called by the telemetry flow and the sealer through server/ingest/main.ts.
import type { JournalEvent } from "../../contract/wire/journal-event.ts";
import type { Log } from "../log.ts";
import type { Journal } from "./journal.ts";

/** Events that wait for a disk that refuses them. */
export const waitingEventsMax = 100_000;

export interface Teller {
  tell(atMs: number, event: JournalEvent): void;
  /** Tries again what the disk has refused. */
  tick(): void;
}

/**
 * A full disk stops no watch: events wait in order, untold, until the journal takes them.
 */
export function createTeller(journal: Pick<Journal, "append">, log: Log): Teller {
  const waiting: { readonly atMs: number; readonly event: JournalEvent }[] = [];
  let isRefused = false;

  function drain(): void {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      try {
        journal.append(next.atMs, next.event);
        waiting.shift();
        if (isRefused) log.info("The journal is written again.", { waiting: waiting.length });
        isRefused = false;
      } catch (error) {
        if (!isRefused) log.error("The journal could not be written; events wait.", { error });
        isRefused = true;
        return;
      }
    }
  }

  return {
    tell(atMs, event) {
      if (waiting.length >= waitingEventsMax) {
        log.error("An event was lost: too many wait for the journal.", { event });
        return;
      }
      waiting.push({ atMs, event });
      drain();
    },
    tick: drain,
  };
}
