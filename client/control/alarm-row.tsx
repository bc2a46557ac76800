// One alarm: what, which drone, where, how far beyond, whom to call, since when, and the button
// that says it was seen. In the alarm list.
import { useState } from "react";
import type { Alarm } from "../../contract/wire/alarm.ts";
import { alarmSchema } from "../../contract/wire/alarm.ts";
import type { Problem } from "../../contract/wire/problem.ts";
import { api } from "../app/api.ts";
import { alarmMessages } from "../app/i18n/alarm-messages.ts";
import { controlMessages } from "../app/i18n/control-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { useLive, useLiveStore } from "../app/live/live-context.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { Button } from "../design/button.tsx";
import { needsAcknowledging } from "./alarm-order.ts";
import { AlarmSign } from "./alarm-sign.tsx";
import {
  alarmBooking,
  alarmDrone,
  alarmExcess,
  alarmPlace,
  alarmTimes,
  alarmWhat,
  isDroneUntold,
} from "./alarm-text.ts";
import { PhoneLink } from "./phone-link.tsx";

interface AlarmRowProps {
  readonly alarm: Alarm;
  readonly mayAcknowledge: boolean;
  /** The first of the list is the only one that may blink. */
  readonly isFirst: boolean;
  readonly onChoose: (vehicleKey: string) => void;
  /** The button that acknowledges it has got or lost the focus. */
  readonly onFocusChange: (alarmId: string, isFocused: boolean) => void;
}

export function AlarmRow(props: AlarmRowProps) {
  const { alarm, mayAcknowledge, isFirst, onChoose, onFocusChange } = props;
  const text = useText(alarmMessages);
  const format = useFormat();
  const { condition, acknowledgement, shown } = alarm;
  const open = needsAcknowledging(alarm);
  const blinking = isFirst && shown === "unacknowledged" && condition.priority === "emergency";
  const organisation = useLive(
    ({ bookings }) => bookings.get(condition.bookingId ?? "")?.organisationName,
  );
  const excess = alarmExcess(condition, text, format);
  return (
    <li
      className="alarm-row"
      data-kind={condition.kind}
      data-priority={condition.priority}
      data-state={shown}
      data-testid="alarm-row"
      data-vehicle={condition.vehicleKey}
    >
      <div className="alarm-head">
        <AlarmSign blinking={blinking} hollow={!open} priority={condition.priority} />
        <span className="alarm-priority">{text.priority[condition.priority]}</span>
        <span className="alarm-shown soft">{text.shown[shown]}</span>
      </div>
      <p className="alarm-what">{alarmWhat(condition, text, format)}</p>
      <p>
        {isDroneUntold(condition) ? (
          alarmDrone(condition, text, format)
        ) : (
          <button
            className="link-button"
            type="button"
            onClick={() => onChoose(condition.vehicleKey)}
          >
            {alarmDrone(condition, text, format)}
          </button>
        )}
        {" · "}
        {alarmBooking(condition, organisation, text)}
      </p>
      {excess !== "" && <p className="alarm-excess">{excess}</p>}
      <p className="soft">{alarmPlace(condition, format)}</p>
      <p className="soft">{alarmTimes(condition, text, format)}</p>
      <div className="alarm-actions">
        <PhoneLink name={condition.pilotName} phone={condition.contactPhone} />
        {open && mayAcknowledge && (
          <AcknowledgeButton alarm={alarm} onFocusChange={onFocusChange} />
        )}
      </div>
      {acknowledgement !== null && (
        <p className="soft">
          {text.acknowledgedBy(acknowledgement.byName, format.time(acknowledgement.atMs))}
        </p>
      )}
    </li>
  );
}

function AcknowledgeButton({
  alarm,
  onFocusChange,
}: Pick<AlarmRowProps, "alarm" | "onFocusChange">) {
  const text = useText(controlMessages);
  const alarmText = useText(alarmMessages);
  const format = useFormat();
  const store = useLiveStore();
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const { condition } = alarm;
  const acknowledge = async (): Promise<void> => {
    setWorking(true);
    const path = `/alarms/${encodeURIComponent(condition.id)}/acknowledge`;
    const seen = { seenWorsenedCount: condition.worsenedCount };
    const answer = await api.post(path, seen, alarmSchema);
    setWorking(false);
    if (answer.kind === "ok") store.on.alarm(answer.value);
    setProblem(answer.kind === "problem" ? answer.problem : undefined);
  };
  return (
    <>
      <Button
        aria-label={text.acknowledgeAlarm(
          alarmWhat(condition, alarmText, format),
          alarmDrone(condition, alarmText, format),
        )}
        data-acknowledges={condition.id}
        isWorking={working}
        onFocusChange={(isFocused) => onFocusChange(condition.id, isFocused)}
        onPress={() => void acknowledge()}
      >
        {text.acknowledge}
      </Button>
      {problem !== undefined && <ProblemNotice problem={problem} />}
    </>
  );
}
