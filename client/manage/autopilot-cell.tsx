// The autopilot of a registered aircraft, and the way to learn it from the drone connected now. In
// the table of aircraft.
import { useState } from "react";
import { aircraftSchema, type Aircraft } from "../../contract/wire/aircraft.ts";
import type { Problem } from "../../contract/wire/problem.ts";
import { api } from "../app/api.ts";
import { useText } from "../app/i18n/language-context.ts";
import { manageMessages } from "../app/i18n/manage-messages.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { Button } from "../design/button.tsx";
import { ConfirmDialog } from "../design/confirm-dialog.tsx";
import { heardAutopilot } from "./heard-autopilot.ts";

interface AutopilotCellProps {
  readonly aircraft: Aircraft;
  readonly onChanged: () => void;
}

export function AutopilotCell({ aircraft, onChanged }: AutopilotCellProps) {
  const text = useText(manageMessages).aircraft;
  const [heard, setHeard] = useState<{ readonly uid: string; readonly etag: string }>();
  const [said, setSaid] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const path = `/vehicles/${encodeURIComponent(aircraft.id)}`;
  const learn = async (): Promise<void> => {
    setProblem(undefined);
    const found = await heardAutopilot(aircraft.sysid);
    const now = await api.get(path, aircraftSchema);
    if (now.kind === "problem") setProblem(now.problem);
    else if (found.kind === "notHeard") setSaid(text.autopilotNotHeard);
    else if (found.kind === "ambiguous") setSaid(text.autopilotAmbiguous);
    else if (found.autopilotUid === now.value.autopilotUid) setSaid(text.autopilotSame);
    else setHeard({ uid: found.autopilotUid, etag: now.etag ?? "" });
  };
  const register = async ({ uid, etag }: NonNullable<typeof heard>): Promise<void> => {
    setHeard(undefined);
    const body = { autopilotUid: uid };
    const answer = await api.patch(path, body, aircraftSchema, { ifMatch: etag });
    setSaid(answer.kind === "ok" ? text.autopilotLearned : undefined);
    setProblem(answer.kind === "problem" ? answer.problem : undefined);
    onChanged();
  };
  return (
    <>
      {aircraft.autopilotUid ?? text.autopilotNone}{" "}
      <Button
        aria-label={text.autopilotLearnFor(aircraft.name)}
        kind="quiet"
        onPress={() => void learn()}
      >
        {text.autopilotLearnShort}
      </Button>{" "}
      <span aria-live="polite" className="soft">
        {said}
      </span>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {heard !== undefined && (
        <ConfirmDialog
          cancel={text.autopilotKeep}
          confirm={text.autopilotConfirm}
          title={text.autopilotTitle(aircraft.name)}
          onCancel={() => setHeard(undefined)}
          onConfirm={() => void register(heard)}
        >
          {text.autopilotChange(heard.uid)}
        </ConfirmDialog>
      )}
    </>
  );
}
