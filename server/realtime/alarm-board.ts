// The alarms as they are shown: conditions from the journal joined with what people did. Kept in
// memory, so that showing an alarm never waits for the database. Called by journal-flow, the
// alarms router and pages.ts.
import type { Alarm, AlarmCondition } from "../../contract/wire/alarm.ts";
import { shownAlarm } from "../domain/flight/alarm.ts";
import type { AlarmAct, StoredAlarm } from "../store/alarm-repository.ts";

/** How long an alarm stays on the board once it is over. */
export const clearedShownMs = 3_600_000;
/** How long after its end an alarm that nobody has seen stays on the board. */
export const unseenShownMs = 24 * 3_600_000;
/** Most alarms on the board; beyond it those over longest, then those raised longest ago, leave. */
export const boardAlarmsMax = 500;

export interface AlarmBoard {
  /** Takes a condition from the journal; undefined where it is not newer than what is known. */
  changed(condition: AlarmCondition, journalNumber: number, nowMs: number): Alarm | undefined;
  /** Takes what somebody did; undefined where the alarm is not on the board. */
  acted(act: AlarmAct): Alarm | undefined;
  find(id: string): Alarm | undefined;
  /** Journal numbers after this one will be given again, and what they tell is newer. */
  journalCut(after: number): void;
  /** Takes an alarm that the cut journal lost; undefined where it was told of since. */
  lost(condition: AlarmCondition, after: number): Alarm | undefined;
  /** In order of raising; what has been over for an hour, or unseen for a day, is gone. */
  list(nowMs: number): Alarm[];
}

interface Entry {
  readonly condition: AlarmCondition;
  readonly journalNumber: number;
  readonly act: AlarmAct | undefined;
}

export function createAlarmBoard(
  alarms: readonly StoredAlarm[],
  acts: readonly AlarmAct[],
): AlarmBoard {
  const entries = new Map<string, Entry>();
  for (const { condition, journalNumber } of alarms) {
    entries.set(condition.id, { condition, journalNumber, act: undefined });
  }
  const acted = (act: AlarmAct): Alarm | undefined => {
    const entry = entries.get(act.alarmId);
    if (entry === undefined) return undefined;
    const isNewer = act.eventNumber > (entry.act?.eventNumber ?? 0);
    const after = isNewer ? { ...entry, act: withSeen(act, entry.act) } : entry;
    entries.set(act.alarmId, after);
    return alarmOf(after);
  };
  for (const act of acts) acted(act);

  return {
    acted,
    changed(condition, journalNumber, nowMs) {
      const before = entries.get(condition.id);
      if (before !== undefined && before.journalNumber >= journalNumber) return undefined;
      const entry = { condition, journalNumber, act: before?.act };
      entries.set(condition.id, entry);
      prune(entries, nowMs);
      return alarmOf(entry);
    },
    find(id) {
      const entry = entries.get(id);
      return entry === undefined ? undefined : alarmOf(entry);
    },
    journalCut(after) {
      for (const [id, entry] of entries) {
        const journalNumber = Math.min(entry.journalNumber, after);
        entries.set(id, { ...entry, journalNumber });
      }
    },
    lost(condition, after) {
      const before = entries.get(condition.id);
      if (before === undefined || before.journalNumber > after) return undefined;
      const entry = { ...before, condition };
      entries.set(condition.id, entry);
      return alarmOf(entry);
    },
    list(nowMs) {
      prune(entries, nowMs);
      return [...entries.values()]
        .sort((a, b) => a.condition.raisedAtMs - b.condition.raisedAtMs)
        .map(alarmOf);
    },
  };
}

function alarmOf({ condition, journalNumber, act }: Entry): Alarm {
  const acknowledgement = act === undefined ? null : acknowledgementOf(act);
  return {
    condition,
    acknowledgement,
    shown: shownAlarm(condition, acknowledgement),
    journalNumber,
    eventNumber: act?.eventNumber ?? 0,
  };
}

/** What one person saw is seen, though another's older page acknowledges after them. */
function withSeen(act: AlarmAct, before: AlarmAct | undefined): AlarmAct {
  const { seenWorsenedCount: seen } = act;
  if (seen === null) return act;
  return { ...act, seenWorsenedCount: Math.max(seen, before?.seenWorsenedCount ?? 0) };
}

function acknowledgementOf(act: AlarmAct): NonNullable<Alarm["acknowledgement"]> {
  const { atMs, byUserId, byName, seenWorsenedCount } = act;
  return { atMs, byUserId, byName, seenWorsenedCount };
}

function prune(entries: Map<string, Entry>, nowMs: number): void {
  for (const [id, entry] of entries) {
    const overSinceMs = entry.condition.returnedAtMs ?? nowMs;
    const shownMs = alarmOf(entry).shown === "cleared" ? clearedShownMs : unseenShownMs;
    if (nowMs - overSinceMs > shownMs) entries.delete(id);
  }
  if (entries.size <= boardAlarmsMax) return;
  const standing = (entry: Entry): number => (entry.condition.state === "standing" ? 1 : 0);
  const leaving = [...entries.values()].sort(
    (a, b) => standing(a) - standing(b) || a.condition.lastRaisedAtMs - b.condition.lastRaisedAtMs,
  );
  for (const { condition } of leaving.slice(0, entries.size - boardAlarmsMax)) {
    entries.delete(condition.id);
  }
}
