// The way to end the session of a drone that never returns: a button, and a question that names
// drone and booking. In the drone's panel, for an armed drone whose link is lost.
import { useState } from "react";
import { closedSessionSchema } from "../../contract/wire/hand-act.ts";
import type { VehicleStatus } from "../../contract/wire/live-status.ts";
import type { Problem } from "../../contract/wire/problem.ts";
import { api } from "../app/api.ts";
import { alarmMessages } from "../app/i18n/alarm-messages.ts";
import { handActMessages } from "../app/i18n/hand-act-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { useLive } from "../app/live/live-context.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { Button } from "../design/button.tsx";
import { ConfirmDialog } from "../design/confirm-dialog.tsx";
import { enteredAirspace } from "./entered-airspace.ts";

interface CloseSessionProps {
  readonly status: VehicleStatus;
  readonly droneName: string;
}

export function CloseSession({ status, droneName }: CloseSessionProps) {
  const text = useText(handActMessages).close;
  const alarmText = useText(alarmMessages);
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const { binding, bookingTitle } = status;
  const entered = useLive(({ bookings }) => bookings.get(binding?.bookingId ?? ""));
  const airspace = enteredAirspace(binding, entered, alarmText);
  const noBooking = airspace === undefined ? text.noBooking : alarmText.enteredIt(airspace);
  const bookingLine = bookingTitle === null ? noBooking : text.booking(bookingTitle);
  const close = async (): Promise<void> => {
    if (working) return;
    setWorking(true);
    const path = `/vehicles/live/${encodeURIComponent(status.sessionId)}/close`;
    const answer = await api.post(path, {}, closedSessionSchema);
    setWorking(false);
    setAsking(false);
    setProblem(answer.kind === "problem" ? answer.problem : undefined);
  };
  return (
    <div className="drone-act">
      <Button data-testid="close-session" onPress={() => setAsking(true)}>
        {text.button}
      </Button>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {asking && (
        <ConfirmDialog
          cancel={text.cancel}
          confirm={text.confirm}
          isWorking={working}
          title={text.title(droneName)}
          onCancel={() => setAsking(false)}
          onConfirm={() => void close()}
        >
          <p>{text.lastHeard(droneName, format.time(status.lastHeartbeatAtMs))}</p>
          <p>{bookingLine}</p>
          <p>{text.what}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
