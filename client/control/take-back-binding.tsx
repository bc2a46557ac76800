// What stands of a flight that was bound by hand: where the booking does not name the aircraft it
// is said, and whoever may bind may take it back after a question. In the drone's panel and the
// facts of a recorded flight.
import { useState } from "react";
import type { Binding } from "../../contract/wire/flight.ts";
import { boundFlightSchema } from "../../contract/wire/hand-act.ts";
import type { Problem } from "../../contract/wire/problem.ts";
import { api } from "../app/api.ts";
import { handActMessages } from "../app/i18n/hand-act-messages.ts";
import { useText } from "../app/i18n/language-context.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { usePerson } from "../app/session-context.ts";
import { Button } from "../design/button.tsx";
import { ConfirmDialog } from "../design/confirm-dialog.tsx";

interface TakeBackBindingProps {
  readonly binding: Binding;
  readonly flightId: string;
  readonly droneName: string;
  readonly bookingTitle: string | null;
}

export function TakeBackBinding(props: TakeBackBindingProps) {
  const text = useText(handActMessages).takeBack;
  const { role } = usePerson();
  const [asking, setAsking] = useState(false);
  const { binding } = props;
  if (binding.kind !== "byHand") return null;
  const mayTakeBack = role === "controller" || role === "admin";
  return (
    <div className="drone-act">
      <p data-testid="bound-by-hand">
        {text.byHand}
        {binding.namesAircraft === false && <strong> {text.notNamed}</strong>}
      </p>
      {mayTakeBack && (
        <Button data-testid="take-back-binding" kind="quiet" onPress={() => setAsking(true)}>
          {text.button}
        </Button>
      )}
      {asking && <TakeBackQuestion {...props} onDone={() => setAsking(false)} />}
    </div>
  );
}

interface TakeBackQuestionProps extends TakeBackBindingProps {
  readonly onDone: () => void;
}

function TakeBackQuestion({ flightId, droneName, bookingTitle, onDone }: TakeBackQuestionProps) {
  const text = useText(handActMessages).takeBack;
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const takeBack = async (): Promise<void> => {
    if (working) return;
    setWorking(true);
    const path = `/flights/${encodeURIComponent(flightId)}/bind`;
    const answer = await api.post(path, { bookingId: null }, boundFlightSchema);
    setWorking(false);
    if (answer.kind === "ok") onDone();
    else setProblem(answer.problem);
  };
  return (
    <ConfirmDialog
      cancel={text.cancel}
      confirm={text.confirm}
      isWorking={working}
      title={text.title(droneName, bookingTitle ?? "–")}
      onCancel={onDone}
      onConfirm={() => void takeBack()}
    >
      <p>{text.what}</p>
      {problem !== undefined && <ProblemNotice problem={problem} />}
    </ConfirmDialog>
  );
}
