// Puts many alarms of one kind together, so that twenty drones that vanish at once do not hide what
// else is wrong. Pure; called by the alarm list.
import type { Alarm } from "../../contract/wire/alarm.ts";

/** So many alarms of one kind stand one by one; more become a group. */
export const aloneAlarmsMax = 3;

/** Alarms that say the same: of one kind and priority, and equally known or over. */
export interface AlarmGroup {
  /** The same while the group is there, whichever alarms are in it. */
  readonly key: string;
  readonly alarms: readonly [Alarm, ...Alarm[]];
  readonly droneCount: number;
}

export type AlarmItem =
  | { readonly kind: "alarm"; readonly alarm: Alarm }
  | { readonly kind: "group"; readonly group: AlarmGroup };

/** Keeps the order; a group stands where its first alarm stood. */
export function groupAlarms(ordered: readonly Alarm[]): AlarmItem[] {
  const alike = new Map<string, [Alarm, ...Alarm[]]>();
  for (const alarm of ordered) {
    const known = alike.get(keyOf(alarm));
    if (known === undefined) alike.set(keyOf(alarm), [alarm]);
    else known.push(alarm);
  }
  return ordered.flatMap((alarm): AlarmItem[] => {
    const key = keyOf(alarm);
    const alarms = alike.get(key);
    if (alarms === undefined || alarms.length <= aloneAlarmsMax) return [{ kind: "alarm", alarm }];
    if (alarms[0] !== alarm) return [];
    const droneCount = new Set(alarms.map(({ condition }) => condition.vehicleKey)).size;
    return [{ kind: "group", group: { key, alarms, droneCount } }];
  });
}

function keyOf({ condition: { kind, priority }, shown }: Alarm): string {
  return `${shown} ${priority} ${kind}`;
}
