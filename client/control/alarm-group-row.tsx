// Many alarms of one kind as one line of the alarm list. Unfolded it shows each of them; below the
// last stands the button that acknowledges all that are shown.
import { useId, useState } from "react";
import type { Alarm } from "../../contract/wire/alarm.ts";
import type { Problem } from "../../contract/wire/problem.ts";
import { alarmMessages } from "../app/i18n/alarm-messages.ts";
import { controlMessages } from "../app/i18n/control-messages.ts";
import { useText } from "../app/i18n/language-context.ts";
import { useLiveStore } from "../app/live/live-context.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { Button } from "../design/button.tsx";
import { acknowledgeAlarms } from "./acknowledge.ts";
import type { AlarmGroup } from "./alarm-groups.ts";
import { needsAcknowledging } from "./alarm-order.ts";
import { AlarmRow } from "./alarm-row.tsx";
import { AlarmSign } from "./alarm-sign.tsx";

interface AlarmGroupRowProps {
  readonly group: AlarmGroup;
  readonly mayAcknowledge: boolean;
  /** The first of the list is the only one that may blink. */
  readonly isFirst: boolean;
  readonly onChoose: (vehicleKey: string) => void;
}

export function AlarmGroupRow({ group, mayAcknowledge, isFirst, onChoose }: AlarmGroupRowProps) {
  const text = useText(alarmMessages);
  const [isOpen, setOpen] = useState(false);
  const listId = useId();
  const [first] = group.alarms;
  const { kind, priority } = first.condition;
  const { shown } = first;
  const open = needsAcknowledging(first);
  const blinking = isFirst && shown === "unacknowledged" && priority === "emergency";
  const what = text.group(group.droneCount, group.alarms.length, text.kind[kind]);
  return (
    <li className="alarm-group" data-kind={kind} data-testid="alarm-group">
      <div className="alarm-row" data-priority={priority} data-state={shown}>
        <div className="alarm-head">
          <AlarmSign blinking={blinking} hollow={!open} priority={priority} />
          <span className="alarm-priority">{text.priority[priority]}</span>
          <span className="alarm-shown soft">{text.shown[shown]}</span>
        </div>
        <p className="alarm-what">{what}</p>
        <p>
          <button
            aria-controls={listId}
            aria-expanded={isOpen}
            className="link-button"
            type="button"
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? text.foldGroup : text.unfoldGroup(group.alarms.length)}
          </button>
        </p>
      </div>
      <div hidden={!isOpen} id={listId}>
        {isOpen && (
          <>
            <ul aria-label={what} className="alarm-group-list">
              {group.alarms.map((alarm) => (
                <AlarmRow
                  key={alarm.condition.id}
                  alarm={alarm}
                  isFirst={false}
                  mayAcknowledge={mayAcknowledge}
                  onChoose={onChoose}
                />
              ))}
            </ul>
            {open && mayAcknowledge && <AcknowledgeShown alarms={group.alarms} what={what} />}
          </>
        )}
      </div>
    </li>
  );
}

interface AcknowledgeShownProps {
  readonly alarms: readonly Alarm[];
  readonly what: string;
}

function AcknowledgeShown({ alarms, what }: AcknowledgeShownProps) {
  const text = useText(controlMessages);
  const store = useLiveStore();
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const acknowledge = async (): Promise<void> => {
    if (working) return;
    setWorking(true);
    setProblem(await acknowledgeAlarms(alarms, store.on.alarm));
    setWorking(false);
  };
  return (
    <div className="alarm-group-foot">
      <Button
        aria-label={text.acknowledgeShownOf(alarms.length, what)}
        data-testid="acknowledge-shown"
        isWorking={working}
        onPress={() => void acknowledge()}
      >
        {text.acknowledgeShown(alarms.length)}
      </Button>
      {problem !== undefined && <ProblemNotice problem={problem} />}
    </div>
  );
}
