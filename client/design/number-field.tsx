// A figure with its unit at the field's end.
import "./field.css";
import { Input, Label, NumberField as AriaNumberField } from "react-aria-components";
import { FieldNote } from "./field-note.tsx";

interface NumberFieldProps {
  readonly label: string;
  readonly unit?: string;
  /** NaN while the field is empty. */
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min?: number;
  readonly max?: number;
  /** Decimals shown; 0 where left out. */
  readonly digitsMax?: number;
  readonly help?: string | undefined;
  readonly fault?: string | undefined;
}

/** A value beyond `min` or `max` is kept as typed, so that the fault can name it. */
export function NumberField(props: NumberFieldProps) {
  const { label, unit, value, onChange, digitsMax = 0, help, fault } = props;
  return (
    <AriaNumberField
      className="field"
      formatOptions={{ maximumFractionDigits: digitsMax, useGrouping: false }}
      isInvalid={fault !== undefined}
      isWheelDisabled
      validationBehavior="aria"
      value={value}
      onChange={onChange}
    >
      <Label className="field-label">{label}</Label>
      <div className="field-control">
        <Input className="field-input" />
        {unit !== undefined && <span className="field-unit">{unit}</span>}
      </div>
      <FieldNote fault={fault} help={help} />
    </AriaNumberField>
  );
}
