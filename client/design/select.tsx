// One of a list, by name. `compact` has no visible label (the name is still there for readers).
import "./field.css";
import "./select.css";
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
} from "react-aria-components";
import { FieldNote } from "./field-note.tsx";
import { Icon } from "./icon.tsx";

export interface SelectOption<Id extends string> {
  readonly id: Id;
  readonly name: string;
  /** A second line, smaller. */
  readonly detail?: string;
}

interface SelectProps<Id extends string> {
  readonly label: string;
  readonly options: readonly SelectOption<Id>[];
  readonly value: Id | null;
  readonly onChange: (id: Id) => void;
  readonly placeholder?: string;
  readonly help?: string | undefined;
  readonly fault?: string | undefined;
  readonly isRequired?: boolean;
  readonly compact?: boolean;
}

export function Select<Id extends string>(props: SelectProps<Id>) {
  const { label, options, value, onChange, placeholder, help, fault, compact } = props;
  return (
    <AriaSelect
      aria-label={label}
      className="field select"
      isInvalid={fault !== undefined}
      isRequired={props.isRequired ?? false}
      validationBehavior="aria"
      value={value}
      onChange={(id) => {
        const option = options.find((one) => one.id === id);
        if (option !== undefined) onChange(option.id);
      }}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(compact === true ? { "data-compact": true } : {})}
    >
      {compact !== true && <Label className="field-label">{label}</Label>}
      <div className="field-control">
        <Button className="select-button">
          <SelectValue />
          <Icon name="chevron" size={16} />
        </Button>
      </div>
      <FieldNote fault={fault} help={help} />
      <Popover className="popover">
        <ListBox className="list-box" items={options}>
          {(option) => (
            <ListBoxItem className="list-box-item" id={option.id} textValue={option.name}>
              <Text slot="label">{option.name}</Text>
              {option.detail !== undefined && (
                <Text className="soft" slot="description">
                  {option.detail}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
