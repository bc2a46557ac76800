// The newest traffic that ingest told, aged by our own clock, and what of it pages have not been
// told yet. Who may not see the drone that heard it is not told which one it was. Fed by
// live-desk.ts; read by the pages' picture and by the traffic router.
import type { TrafficContact } from "../../contract/wire/traffic.ts";
import { sees, type View } from "./view.ts";

/** What pages have not been told yet. */
export interface TrafficChange {
  readonly changed: readonly TrafficContact[];
  readonly removed: readonly string[];
}

export interface TrafficBoard {
  /** Takes the whole list, and gives what differs from the one before. */
  take(contacts: readonly TrafficContact[]): TrafficChange;
  /** As it stands, with the ages of this moment. */
  seenBy(view: View): TrafficContact[];
}

interface Held {
  readonly contact: TrafficContact;
  readonly atMs: number;
  /** All but its age, as pages were last told it. */
  readonly told: string;
  readonly toldHeardAtMs: number;
}

/** Receivers tell ages in whole seconds: a ship at anchor is not news at every report. */
const ageStepMs = 2_000;

/** @param monotonicMs A clock that only ever runs forward. */
export function createTrafficBoard(monotonicMs: () => number): TrafficBoard {
  const held = new Map<string, Held>();
  return {
    take(contacts) {
      const nowMs = monotonicMs();
      const keys = new Set(contacts.map(({ key }) => key));
      const removed = [...held.keys()].filter((key) => !keys.has(key));
      for (const key of removed) held.delete(key);
      const changed = contacts.filter((contact) => {
        const before = held.get(contact.key);
        const heardAtMs = nowMs - contact.ageMs;
        const told = JSON.stringify({ ...contact, ageMs: 0 });
        const isNews =
          before === undefined ||
          before.told !== told ||
          heardAtMs - before.toldHeardAtMs >= ageStepMs;
        const toldHeardAtMs = isNews ? heardAtMs : before.toldHeardAtMs;
        held.set(contact.key, { contact, atMs: nowMs, told, toldHeardAtMs });
        return isNews;
      });
      return { changed, removed };
    },
    seenBy(view) {
      const nowMs = monotonicMs();
      return [...held.values()].map(({ contact, atMs }) =>
        trafficFor(view, { ...contact, ageMs: contact.ageMs + nowMs - atMs }),
      );
    },
  };
}

/** The aircraft or ship is nobody's secret; which drone heard it is its organisation's. */
export function trafficFor(view: View, contact: TrafficContact): TrafficContact {
  const { heardBy } = contact;
  if (heardBy === null || sees(view, heardBy.organisationId)) return contact;
  return { ...contact, heardBy: null };
}
