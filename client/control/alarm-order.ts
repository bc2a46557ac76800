// In which order alarms are listed, and which of them are still to be dealt with. Pure; called by
// the alarm list and the banner.
import type { Alarm, AlarmPriority } from "../../contract/wire/alarm.ts";

const shownRank: Readonly<Record<Alarm["shown"], number>> = {
  unacknowledged: 0,
  returnedUnacknowledged: 1,
  acknowledged: 2,
  cleared: 3,
};
const priorityRank: Readonly<Record<AlarmPriority, number>> = { emergency: 0, high: 1, low: 2 };

/** What needs eyes first: unacknowledged, then by priority, then the newest. */
export function orderAlarms(alarms: Iterable<Alarm>): Alarm[] {
  return [...alarms].sort(
    (a, b) =>
      shownRank[a.shown] - shownRank[b.shown] ||
      priorityRank[a.condition.priority] - priorityRank[b.condition.priority] ||
      b.condition.lastRaisedAtMs - a.condition.lastRaisedAtMs ||
      a.condition.id.localeCompare(b.condition.id),
  );
}

/** Everything but what is over and acknowledged. */
export function openAlarms(alarms: Iterable<Alarm>): Alarm[] {
  return orderAlarms(alarms).filter((alarm) => alarm.shown !== "cleared");
}

/** True where somebody still has to say that they have seen it. */
export function needsAcknowledging(alarm: Alarm): boolean {
  return alarm.shown === "unacknowledged" || alarm.shown === "returnedUnacknowledged";
}

/**
 * Which alarm is to be acknowledged after one that was: the next below it in the list as it was,
 * else the first of all.
 */
export function nextToAcknowledge(
  ordered: readonly Alarm[],
  idsBefore: readonly string[],
  leftId: string,
): string | undefined {
  const waiting = ordered.filter(needsAcknowledging).map(({ condition }) => condition.id);
  const below = new Set(idsBefore.slice(idsBefore.indexOf(leftId) + 1));
  return waiting.find((id) => below.has(id)) ?? waiting[0];
}

/** The unacknowledged ones as they were raised, so that each newer one comes after all others. */
export function toReadOut(alarms: readonly Alarm[]): Alarm[] {
  return alarms
    .filter(({ shown }) => shown === "unacknowledged")
    .sort(
      ({ condition: a }, { condition: b }) =>
        a.lastRaisedAtMs - b.lastRaisedAtMs || a.id.localeCompare(b.id),
    );
}
