// The autopilot that an aircraft carries, learned from the drone that is connected now.
import { useState } from "react";
import { useText } from "../app/i18n/language-context.ts";
import { manageMessages } from "../app/i18n/manage-messages.ts";
import { Button } from "../design/button.tsx";
import { TextField } from "../design/text-field.tsx";
import { heardAutopilot } from "./heard-autopilot.ts";

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
    const found = await heardAutopilot(sysid);
    if (found.kind === "notHeard") setSaid(text.autopilotNotHeard);
    else if (found.kind === "ambiguous") setSaid(text.autopilotAmbiguous);
    else {
      setSaid(text.autopilotLearned);
      onChange(found.autopilotUid);
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
