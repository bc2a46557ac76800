// Alarms as projected, and what people did with them. Called by the alarm board, the alarms router
// and replay-flow.
import { alarmConditionSchema, type AlarmCondition } from "../../contract/wire/alarm.ts";
import type { Database } from "./database.ts";
import { appendEvent } from "./event-repository.ts";

/** The last projected condition of an alarm. */
export interface StoredAlarm {
  readonly condition: AlarmCondition;
  readonly journalNumber: number;
}

/** Somebody has seen the alarm. */
export interface AlarmAct {
  readonly alarmId: string;
  readonly eventNumber: number;
  readonly atMs: number;
  readonly byUserId: string;
  readonly byName: string;
  /** Which worsening they had seen (`AlarmCondition.worsenedCount`); null in old acts. */
  readonly seenWorsenedCount: number | null;
}

export interface AlarmRepository {
  /**
   * Alarms that stand, those that ended from `endedSinceMs` on, and those that ended unseen from
   * `unseenSinceMs` on, with what people did with them. Of more than `limit` those that stand, then
   * the latest raised.
   */
  shownSince(
    since: { readonly endedSinceMs: number; readonly unseenSinceMs: number },
    limit: number,
  ): Promise<{ alarms: StoredAlarm[]; acts: AlarmAct[] }>;
  ofFlight(flightId: string): Promise<StoredAlarm[]>;
  /** Writes the act and its event in one transaction; returns it with the event's number. */
  acknowledge(act: Omit<AlarmAct, "eventNumber">): Promise<AlarmAct>;
}

interface AlarmRow {
  id: string;
  flight_id: string | null;
  state: AlarmCondition["state"];
  last_raised_at_ms: number;
  returned_at_ms: number | null;
  journal_number: number;
  condition: string;
}
interface ActRow {
  event_number: number;
  alarm_id: string;
  at_ms: number;
  by_user_id: string;
  by_name: string;
  seen_worsened_count: number | null;
}

function storedAlarm(row: Pick<AlarmRow, "condition" | "journal_number">): StoredAlarm {
  return {
    condition: alarmConditionSchema.parse(JSON.parse(row.condition)),
    journalNumber: row.journal_number,
  };
}

function alarmAct(row: ActRow): AlarmAct {
  return {
    alarmId: row.alarm_id,
    eventNumber: row.event_number,
    atMs: row.at_ms,
    byUserId: row.by_user_id,
    byName: row.by_name,
    seenWorsenedCount: row.seen_worsened_count,
  };
}

export function createAlarmRepository({ read, write }: Database): AlarmRepository {
  return {
    async shownSince({ endedSinceMs, unseenSinceMs }, limit) {
      const rows = await read<AlarmRow>("alarm")
        .where({ state: "standing" })
        .orWhere("returned_at_ms", ">=", endedSinceMs)
        .orWhereRaw(
          "returned_at_ms >= ? AND id NOT IN (SELECT alarm_id FROM alarm_act)",
          unseenSinceMs,
        )
        .orderByRaw("state = 'standing' DESC")
        .orderBy("last_raised_at_ms", "desc")
        .limit(limit);
      const acts = await read<ActRow>("alarm_act")
        .whereIn(
          "alarm_id",
          rows.map((row) => row.id),
        )
        .orderBy("event_number");
      return { alarms: rows.map(storedAlarm), acts: acts.map(alarmAct) };
    },
    async ofFlight(flightId) {
      const rows = await read<AlarmRow>("alarm")
        .where({ flight_id: flightId })
        .orderBy("journal_number");
      return rows.map(storedAlarm);
    },
    acknowledge: (act) =>
      write.transaction(async (transaction) => {
        const { alarmId, atMs, byUserId, byName, seenWorsenedCount } = act;
        const eventNumber = await appendEvent(transaction, {
          atMs,
          byUserId,
          kind: "alarmAcknowledged",
          payload: { alarmId, seenWorsenedCount },
        });
        await transaction("alarm_act").insert({
          event_number: eventNumber,
          alarm_id: alarmId,
          kind: "acknowledged",
          at_ms: atMs,
          by_user_id: byUserId,
          by_name: byName,
          seen_worsened_count: seenWorsenedCount,
        });
        return { ...act, eventNumber };
      }),
  };
}
