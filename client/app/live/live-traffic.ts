// The aircraft and ships of the live picture, each with when it was told, so that its age goes on
// by the browser's own clock. Pure; held by the live store, read by the Control page.
import {
  aircraftForgottenMs,
  vesselForgottenMs,
  type TrafficContact,
} from "../../../contract/wire/traffic.ts";

export interface ToldContact {
  readonly contact: TrafficContact;
  /** By the browser's monotonic clock. */
  readonly toldAtMs: number;
}

/** What is told replaces what was there of it; what is removed goes. */
export function trafficAfter(
  before: ReadonlyMap<string, ToldContact>,
  changed: readonly TrafficContact[],
  removed: readonly string[],
  monotonicMs: number,
): ReadonlyMap<string, ToldContact> {
  const after = new Map(before);
  for (const key of removed) after.delete(key);
  for (const contact of changed) after.set(contact.key, { contact, toldAtMs: monotonicMs });
  return after;
}

/** Since it was last heard: the age at sending plus the time since it was told. */
function contactAgeMs({ contact, toldAtMs }: ToldContact, monotonicMs: number): number {
  return contact.ageMs + monotonicMs - toldAtMs;
}

/** The same list each time there is nothing. */
const noTraffic: readonly TrafficContact[] = [];

/** With their ages of this moment, without what is too old to mean anything. */
export function trafficNow(
  told: Iterable<ToldContact>,
  monotonicMs: number,
): readonly TrafficContact[] {
  const contacts = [...told].flatMap((one) => {
    const ageMs = contactAgeMs(one, monotonicMs);
    const limitMs = one.contact.kind === "aircraft" ? aircraftForgottenMs : vesselForgottenMs;
    return ageMs > limitMs ? [] : [{ ...one.contact, ageMs }];
  });
  return contacts.length === 0 ? noTraffic : contacts;
}
