// A figure with its unit at the field's end. Every key counts at once, so that nothing on the page
// moves when the field is left: a button that jumps away under the pointer is not pressed.
import "./field.css";
import { useState } from "react";
import { Input, Label, TextField as AriaTextField } from "react-aria-components";
import { FieldNote } from "./field-note.tsx";
import { numberText, readNumber } from "./read-number.ts";

interface NumberFieldProps {
  readonly label: string;
  readonly unit?: string;
  /** NaN while the field holds no number. */
  readonly value: number;
  readonly onChange: (value: number) => void;
  /** Decimals shown of a value that was not typed; 0 where left out. */
  readonly digitsMax?: number;
  readonly help?: string | undefined;
  readonly fault?: string | undefined;
}

export function NumberField(props: NumberFieldProps) {
  const { label, unit, value, onChange, digitsMax = 0, help, fault } = props;
  const [text, setText] = useState(() => numberText(value, digitsMax));
  const [shownValue, setShownValue] = useState(value);
  // A value from elsewhere (a click on the map) replaces what was typed.
  if (!Object.is(value, shownValue)) {
    setShownValue(value);
    if (!Object.is(readNumber(text), value)) setText(numberText(value, digitsMax));
  }
  return (
    <AriaTextField
      autoComplete="off"
      className="field"
      inputMode="decimal"
      isInvalid={fault !== undefined}
      validationBehavior="aria"
      value={text}
      onChange={(typed) => {
        setText(typed);
        onChange(readNumber(typed));
      }}
    >
      <Label className="field-label">{label}</Label>
      <div className="field-control">
        <Input className="field-input" />
        {unit !== undefined && <span className="field-unit">{unit}</span>}
      </div>
      <FieldNote fault={fault} help={help} />
    </AriaTextField>
  );
}
