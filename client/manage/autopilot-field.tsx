// The autopilot that an aircraft carries, learned from the drone that is connected now.
import { useState } from "react";
import { z } from "zod";
import { api } from "../app/api.ts";
import { useText } from "../app/i18n/language-context.ts";
import { manageMessages } from "../app/i18n/manage-messages.ts";
import { Button } from "../design/button.tsx";
import { TextField } from "../design/text-field.tsx";

const liveAutopilots = z.object({
  vehicles: z.array(
    z.object({ sysid: z.number(), autopilotUid: z.string().nullable(), isAmbiguous: z.boolean() }),
  ),
});

interface AutopilotFieldProps {
  readonly sysid: number;
  readonly value: string | null;
  readonly fault: string | undefined;
  readonly onChange: (autopilotUid: string | null) => void;
}

export function AutopilotField({ sysid, value, fault, onChange }: AutopilotFieldProps) {
  const text = useText(manageMessages).aircraft;
  const [said, setSaid] = useState<string>();
  const learn = async (): Promise<void> => {
    const answer = await api.get("/vehicles/live", liveAutopilots);
    const vehicles = answer.kind === "ok" ? answer.value.vehicles : [];
    const found = vehicles.filter((one) => one.sysid === sysid && one.autopilotUid !== null);
    const [only, ...others] = found;
    if (only === undefined) setSaid(text.autopilotNotHeard);
    else if (others.length > 0 || only.isAmbiguous) setSaid(text.autopilotAmbiguous);
    else {
      setSaid(text.autopilotLearned);
      onChange(only.autopilotUid);
    }
  };
  return (
    <>
      <TextField
        fault={fault}
        help={text.autopilotHelp}
        label={text.autopilot}
        maxLength={36}
        value={value ?? ""}
        onChange={(typed) => onChange(typed.trim() === "" ? null : typed)}
      />
      <div className="form-buttons">
        <Button onPress={() => void learn()}>{text.autopilotLearn}</Button>
      </div>
      <p aria-live="polite" className="soft">
        {said}
      </p>
    </>
  );
}
