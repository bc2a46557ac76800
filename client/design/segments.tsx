// One of a few, all in sight.
import "./field.css";
import "./choice.css";
import { Label, RadioButton, RadioField, RadioGroup } from "react-aria-components";

interface SegmentsProps<Id extends string> {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly name: string }[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
}

export function Segments<Id extends string>(props: SegmentsProps<Id>) {
  const { label, options, value, onChange } = props;
  return (
    <RadioGroup
      className="field"
      orientation="horizontal"
      value={value}
      onChange={(id) => {
        const option = options.find((one) => one.id === id);
        if (option !== undefined) onChange(option.id);
      }}
    >
      <Label className="field-label">{label}</Label>
      <div className="segments">
        {options.map((option) => (
          <RadioField key={option.id} value={option.id}>
            <RadioButton className="radio">{option.name}</RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}
