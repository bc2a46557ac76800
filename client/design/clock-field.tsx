// A time of day in 24 hours, typed: the browser's own field would follow the machine's habits.
import { TextField } from "./text-field.tsx";

interface ClockFieldProps {
  readonly label: string;
  /** `14:05`, or what has been typed so far. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly help?: string | undefined;
  readonly fault?: string | undefined;
}

/** `905` and `14.05` become `09:05` and `14:05` on leaving the field. */
function tidied(text: string): string {
  const match = /^(\d{1,2})[:.：]?(\d{2})$/.exec(text.trim());
  if (match === null) return text;
  return `${(match[1] ?? "").padStart(2, "0")}:${match[2] ?? ""}`;
}

export function ClockField({ label, value, onChange, help, fault }: ClockFieldProps) {
  return (
    <TextField
      autoComplete="off"
      fault={fault}
      help={help}
      inputMode="numeric"
      label={label}
      maxLength={5}
      value={value}
      onBlur={() => onChange(tidied(value))}
      onChange={onChange}
    />
  );
}
