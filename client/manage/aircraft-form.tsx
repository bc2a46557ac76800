// Registers an aircraft.
import type { SubmitEvent } from "react";
import { useState } from "react";
import type { AircraftCreate } from "../../contract/wire/aircraft.ts";
import { aircraftSchema, telemetryKindSchema } from "../../contract/wire/aircraft.ts";
import type { Problem } from "../../contract/wire/problem.ts";
import { api } from "../app/api.ts";
import { useText } from "../app/i18n/language-context.ts";
import { manageMessages } from "../app/i18n/manage-messages.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { Button } from "../design/button.tsx";
import { NumberField } from "../design/number-field.tsx";
import { Segments } from "../design/segments.tsx";
import { TextField } from "../design/text-field.tsx";
import { AutopilotField } from "./autopilot-field.tsx";

interface AircraftFormProps {
  readonly onRegistered: (name: string) => void;
  readonly onCancel: () => void;
}

const massKgMax = 1000;

export function AircraftForm({ onRegistered, onCancel }: AircraftFormProps) {
  const text = useText(manageMessages).aircraft;
  const [draft, setDraft] = useState<AircraftCreate>({
    name: "",
    model: "",
    sysid: Number.NaN,
    takeOffMassKg: Number.NaN,
    registrationLabel: "",
    telemetry: "mavlink",
    autopilotUid: null,
  });
  const [tried, setTried] = useState(false);
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const change = (part: Partial<AircraftCreate>): void => {
    setProblem(undefined);
    setDraft({ ...draft, ...part });
  };
  const sysidIsGood = Number.isInteger(draft.sysid) && draft.sysid >= 1 && draft.sysid <= 255;
  const massIsGood = draft.takeOffMassKg > 0 && draft.takeOffMassKg <= massKgMax;
  const nameIsGood = draft.name.trim() !== "";
  const faultOf = (path: keyof AircraftCreate, isGood: boolean, own: string) => {
    if (tried && !isGood) return own;
    const fault = problem?.faults?.find((one) => one.path === path);
    return fault === undefined ? undefined : text.serverFault(fault.expected, fault.found);
  };
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (working || !sysidIsGood || !massIsGood || !nameIsGood) return;
    setWorking(true);
    const answer = await api.post("/vehicles", draft, aircraftSchema);
    setWorking(false);
    if (answer.kind === "ok") onRegistered(answer.value.name);
    else setProblem(answer.problem);
  };
  return (
    <form noValidate className="form aircraft-form" onSubmit={(event) => void submit(event)}>
      <h2>{text.register}</h2>
      <TextField
        fault={faultOf("name", nameIsGood, text.nameMissing)}
        help={text.nameHelp}
        label={text.name}
        maxLength={80}
        value={draft.name}
        onChange={(name) => change({ name })}
      />
      <NumberField
        fault={faultOf("sysid", sysidIsGood, text.sysidRange)}
        help={text.sysidHelp}
        label={text.sysid}
        value={draft.sysid}
        onChange={(sysid) => change({ sysid })}
      />
      <AutopilotField
        fault={faultOf("autopilotUid", true, "")}
        sysid={draft.sysid}
        value={draft.autopilotUid}
        onChange={(autopilotUid) => change({ autopilotUid })}
      />
      <NumberField
        digitsMax={3}
        fault={faultOf("takeOffMassKg", massIsGood, text.massRange)}
        label={text.mass}
        unit={text.kilograms}
        value={draft.takeOffMassKg}
        onChange={(takeOffMassKg) => change({ takeOffMassKg })}
      />
      <TextField
        label={text.model}
        maxLength={80}
        value={draft.model}
        onChange={(model) => change({ model })}
      />
      <TextField
        help={text.registrationHelp}
        label={text.registration}
        maxLength={80}
        value={draft.registrationLabel}
        onChange={(registrationLabel) => change({ registrationLabel })}
      />
      <Segments
        label={text.telemetry}
        options={telemetryKindSchema.options.map((id) => ({ id, name: text.telemetryKind[id] }))}
        value={draft.telemetry}
        onChange={(telemetry) => change({ telemetry })}
      />
      <p className="soft">{text.telemetryHelp}</p>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div className="form-buttons">
        <Button isWorking={working} kind="primary" type="submit">
          {working ? text.working : text.submit}
        </Button>
        <Button onPress={onCancel}>{text.cancel}</Button>
      </div>
    </form>
  );
}
