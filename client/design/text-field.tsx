// One line of text (or several), with its label, help and fault.
import "./field.css";
import type { HTMLInputTypeAttribute } from "react";
import type { TextFieldProps as AriaTextFieldProps } from "react-aria-components";
import { Input, Label, TextArea, TextField as AriaTextField } from "react-aria-components";
import { FieldNote } from "./field-note.tsx";

interface TextFieldProps extends Omit<
  AriaTextFieldProps,
  "children" | "className" | "style" | "type" | "isInvalid"
> {
  readonly label: string;
  readonly help?: string | undefined;
  /** Said below the field; the field is invalid where it is given. */
  readonly fault?: string | undefined;
  readonly type?: HTMLInputTypeAttribute;
  readonly placeholder?: string;
  readonly manyLines?: boolean;
}

export function TextField(props: TextFieldProps) {
  const { label, help, fault, type = "text", placeholder = "", manyLines, ...rest } = props;
  return (
    <AriaTextField
      {...rest}
      className="field"
      isInvalid={fault !== undefined}
      validationBehavior="aria"
    >
      <Label className="field-label">{label}</Label>
      <div className="field-control">
        {manyLines === true ? (
          <TextArea className="field-input" placeholder={placeholder} />
        ) : (
          <Input className="field-input" placeholder={placeholder} type={type} />
        )}
      </div>
      <FieldNote fault={fault} help={help} />
    </AriaTextField>
  );
}
