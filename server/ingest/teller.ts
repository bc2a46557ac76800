// The one way by which lasting events leave ingest: into the journal, which is told once it is on
// disk. Called by the telemetry flow and the sealer through server/ingest/main.ts.
import { journalEventSchema, type JournalEvent } from "../../contract/wire/journal-event.ts";
import type { Log } from "../log.ts";
import type { Journal } from "./journal.ts";

/** Events that wait for a disk that refuses them. */
export const waitingEventsMax = 100_000;
/** Lost events that are logged one by one; of more only the number. */
const loggedEventsMax = 100;

export interface Teller {
  tell(atMs: number, event: JournalEvent): void;
  /** Tries again what the disk has refused. */
  tick(): void;
  /** Tries a last time, before the journal is closed; what it still refuses is logged. */
  close(): void;
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
      if (!isReadable(event)) {
        log.error("An event was lost: the journal could not be read with it.", { event });
        return;
      }
      waiting.push({ atMs, event });
      drain();
    },
    tick: drain,
    close() {
      drain();
      const lost = waiting.splice(0);
      if (lost.length === 0) return;
      log.error("Events are lost: the journal refused them to the end.", { events: lost.length });
      for (const event of lost.slice(0, loggedEventsMax)) {
        log.error("This event is not in the journal.", { ...event });
      }
    },
  };
}

/** As it will stand in the journal: JSON makes null of what is no number. */
function isReadable(event: JournalEvent): boolean {
  return journalEventSchema.safeParse(JSON.parse(JSON.stringify(event))).success;
}
