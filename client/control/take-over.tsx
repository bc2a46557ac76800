// Taking over authority without a command: a button, and a question that wants a reason.
import { useState } from "react";
import {
  authoritySchema,
  takeOverReasonSchema,
  type Authority,
} from "../../contract/wire/authority.ts";
import type { Problem } from "../../contract/wire/problem.ts";
import { api } from "../app/api.ts";
import { commandMessages } from "../app/i18n/command-messages.ts";
import { useText } from "../app/i18n/language-context.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { usePerson } from "../app/session-context.ts";
import { Button } from "../design/button.tsx";
import { ConfirmDialog } from "../design/confirm-dialog.tsx";
import { TextField } from "../design/text-field.tsx";
import { holderText } from "./holder-text.ts";

interface TakeOverProps {
  readonly authority: Authority;
  readonly droneName: string;
  readonly onChanged: () => void;
}

export function TakeOver({ authority, droneName, onChanged }: TakeOverProps) {
  const text = useText(commandMessages);
  const words = text.authority;
  const person = usePerson();
  const [asking, setAsking] = useState(false);
  const [working, setWorking] = useState(false);
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<Problem>();
  const takeOver = async (): Promise<void> => {
    if (working || !takeOverReasonSchema.safeParse(reason).success) return;
    setWorking(true);
    const path = `/authority/${encodeURIComponent(authority.sessionId)}/take-over`;
    const answer = await api.post(path, { reason }, authoritySchema);
    setWorking(false);
    setProblem(answer.kind === "problem" ? answer.problem : undefined);
    if (answer.kind === "ok") setAsking(false);
    onChanged();
  };
  return (
    <>
      <Button data-testid="authority-take-over" kind="quiet" onPress={() => setAsking(true)}>
        {words.takeOver}
      </Button>
      {asking && (
        <ConfirmDialog
          cancel={words.keep}
          confirm={words.takeOverConfirm}
          isWorking={working}
          title={words.takeOverTitle(droneName)}
          onCancel={() => setAsking(false)}
          onConfirm={() => void takeOver()}
        >
          <p>{words.takeOverWhat(holderText(authority.holder, person.id, text))}</p>
          <TextField isRequired label={words.reason} value={reason} onChange={setReason} />
          {problem !== undefined && <ProblemNotice problem={problem} />}
        </ConfirmDialog>
      )}
    </>
  );
}
