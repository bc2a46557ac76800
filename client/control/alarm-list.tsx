// The alarms, in the order they need eyes, above the fleet on the Control page. New ones are read
// out by screen readers, each once.
import { useMemo } from "react";
import type { Alarm } from "../../contract/wire/alarm.ts";
import { alarmMessages } from "../app/i18n/alarm-messages.ts";
import { controlMessages } from "../app/i18n/control-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { useLive } from "../app/live/live-context.ts";
import { usePerson } from "../app/session-context.ts";
import { orderAlarms, toReadOut } from "./alarm-order.ts";
import { AlarmRow } from "./alarm-row.tsx";
import { alarmDrone, alarmWhat } from "./alarm-text.ts";
import { useAcknowledgeFocus } from "./use-acknowledge-focus.ts";

interface AlarmListProps {
  readonly onChoose: (vehicleKey: string) => void;
}

export function AlarmList({ onChoose }: AlarmListProps) {
  const text = useText(controlMessages);
  const alarms = useLive((state) => state.alarms);
  const { role } = usePerson();
  const ordered = useMemo(() => orderAlarms(alarms.values()), [alarms]);
  const { listRef, headingRef, onFocusChange } = useAcknowledgeFocus(ordered);
  const open = ordered.filter((alarm) => alarm.shown !== "cleared");
  const cleared = ordered.filter((alarm) => alarm.shown === "cleared");
  const row = (alarm: Alarm, index: number) => (
    <AlarmRow
      key={alarm.condition.id}
      alarm={alarm}
      isFirst={index === 0}
      mayAcknowledge={role === "controller" || role === "admin"}
      onChoose={onChoose}
      onFocusChange={onFocusChange}
    />
  );
  return (
    <section aria-labelledby="alarms-heading" className="control-alarms" ref={listRef}>
      <div className="control-heading">
        <h2 id="alarms-heading" ref={headingRef} tabIndex={-1}>
          {text.alarms}
        </h2>
        <span className="soft">{open.length}</span>
      </div>
      <NewAlarms alarms={open} />
      {open.length === 0 && <p className="control-empty soft">{text.noAlarms}</p>}
      {open.length > 0 && <ul aria-labelledby="alarms-heading">{open.map(row)}</ul>}
      {cleared.length > 0 && (
        <details className="alarms-cleared">
          <summary id="alarms-cleared-heading">{text.clearedAlarms(cleared.length)}</summary>
          <ul aria-labelledby="alarms-cleared-heading">{cleared.map((alarm) => row(alarm, -1))}</ul>
        </details>
      )}
    </section>
  );
}

/**
 * The unacknowledged ones as text that only screen readers meet; additions are read out. Their
 * order never changes: an item that moves would be read out again.
 */
function NewAlarms({ alarms }: { readonly alarms: readonly Alarm[] }) {
  const text = useText(alarmMessages);
  const format = useFormat();
  return (
    <ul aria-live="assertive" aria-relevant="additions" className="visually-hidden">
      {toReadOut(alarms).map(({ condition }) => (
        <li key={`${condition.id} ${condition.count}`}>
          {[
            text.withPriority(
              text.priority[condition.priority],
              alarmWhat(condition, text, format),
            ),
            alarmDrone(condition, text, format),
          ].join(text.comma)}
        </li>
      ))}
    </ul>
  );
}
