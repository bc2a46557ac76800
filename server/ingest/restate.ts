// What stands when ingest starts, told once more: a reader that was ahead of a journal cut by a
// power loss may hold an end that the journal knows nothing of. Called by server/ingest/main.ts.
import type { AlarmCondition } from "../../contract/wire/alarm.ts";
import type { JournalEvent } from "../../contract/wire/journal-event.ts";
import type { IngestState } from "./ingest-state.ts";

/** Flights that fly and alarms that stand; a reader that has them so learns nothing new. */
export function restatedEvents({
  sessions,
  linkAlarms,
  signatureAlarms,
}: IngestState): JournalEvent[] {
  const flights = sessions.flatMap(({ flight }): JournalEvent[] => {
    if (flight?.disarmedAtMs !== null) return [];
    return [{ kind: "flightContinued", flightId: flight.id, armedAtMs: flight.armedAtMs }];
  });
  const alarms = [...sessions.flatMap((one) => one.alarms), ...linkAlarms, ...signatureAlarms];
  return [...flights, ...alarms.flatMap(restatedAlarm)];
}

function restatedAlarm(condition: AlarmCondition): JournalEvent[] {
  return condition.state === "standing" ? [{ kind: "alarmChanged", condition }] : [];
}
