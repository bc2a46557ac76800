// Several of a list.
import "./field.css";
import "./choice.css";
import { CheckboxButton, CheckboxField, CheckboxGroup, Label } from "react-aria-components";
import { FieldNote } from "./field-note.tsx";
import { Icon } from "./icon.tsx";

export interface CheckOption {
  readonly id: string;
  readonly name: string;
  /** A fact beside the name. */
  readonly detail?: string;
}

interface CheckListProps {
  readonly label: string;
  readonly options: readonly CheckOption[];
  /** In the order in which they were chosen. */
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
  readonly help?: string | undefined;
  readonly fault?: string | undefined;
}

export function CheckList({ label, options, value, onChange, help, fault }: CheckListProps) {
  return (
    <CheckboxGroup
      className="field"
      isInvalid={fault !== undefined}
      validationBehavior="aria"
      value={[...value]}
      onChange={onChange}
    >
      <Label className="field-label">{label}</Label>
      <div className="check-list">
        {options.map((option) => (
          <CheckboxField key={option.id} value={option.id}>
            <CheckboxButton className="check">
              <span className="check-box">
                <Icon name="check" size={16} />
              </span>
              <span>
                {option.name}
                {option.detail !== undefined && (
                  <span className="check-detail"> {option.detail}</span>
                )}
              </span>
            </CheckboxButton>
          </CheckboxField>
        ))}
      </div>
      <FieldNote fault={fault} help={help} />
    </CheckboxGroup>
  );
}
