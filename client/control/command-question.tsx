// The question before a command: it names drone and booking, and where it takes authority over,
// from whom. Enter sends it.
import { useState } from "react";
import type { Authority } from "../../contract/wire/authority.ts";
import { commandSchema, type CommandAction } from "../../contract/wire/command.ts";
import type { Problem } from "../../contract/wire/problem.ts";
import { alarmMessages } from "../app/i18n/alarm-messages.ts";
import { commandMessages } from "../app/i18n/command-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { moreCommandMessages } from "../app/i18n/more-command-messages.ts";
import { useLiveStore } from "../app/live/live-context.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { usePerson } from "../app/session-context.ts";
import { ConfirmDialog } from "../design/confirm-dialog.tsx";
import { commandMeaning, commandName, isUrgent } from "./command-words.ts";
import { holderText } from "./holder-text.ts";
import { useOrderPost } from "./use-order-post.ts";

interface CommandQuestionProps {
  readonly action: CommandAction;
  /** As the drone says itself; false where it does not. */
  readonly isOnGround: boolean;
  readonly droneName: string;
  readonly authority: Authority;
  /** Whose airspace it is in without being named; undefined where that is not so. */
  readonly airspace: string | undefined;
  readonly onDone: () => void;
}

export function CommandQuestion(props: CommandQuestionProps) {
  const { action, isOnGround, droneName, authority, airspace, onDone } = props;
  const text = useText(commandMessages);
  const alarmText = useText(alarmMessages);
  const more = useText(moreCommandMessages);
  const format = useFormat();
  const store = useLiveStore();
  const person = usePerson();
  const post = useOrderPost();
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const noBooking = airspace === undefined ? text.noBooking : alarmText.enteredIt(airspace);
  const name = commandName(action, text, more);
  const takesOver = authority.you.command !== "yes";
  const send = async (): Promise<void> => {
    if (working) return;
    setWorking(true);
    const { sessionId } = authority;
    const reason = takesOver ? { takeOverReason: text.reasonOf(name) } : {};
    const body = { sessionId, action, ...reason };
    const answer = await post("/commands", body, commandSchema);
    setWorking(false);
    if (answer.kind === "problem") {
      setProblem(answer.problem);
      return;
    }
    // Shown at once; what follows comes over the live socket.
    store.on.command(answer.value);
    onDone();
  };
  return (
    <ConfirmDialog
      isUrgent={isUrgent(action)}
      cancel={text.cancel}
      confirm={text.confirm(name)}
      isWorking={working}
      title={text.title(name, droneName)}
      onCancel={onDone}
      onConfirm={() => void send()}
    >
      <p>{authority.bookingTitle === null ? noBooking : text.booking(authority.bookingTitle)}</p>
      <p>{commandMeaning(action, { text, more, format }, isOnGround)}</p>
      {takesOver && <p>{text.passes(holderText(authority.holder, person.id, text))}</p>}
      {problem !== undefined && <ProblemNotice problem={problem} />}
    </ConfirmDialog>
  );
}
