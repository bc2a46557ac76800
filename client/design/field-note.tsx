// What stands below a field: its help, and its fault when there is one.
import { FieldError, Text } from "react-aria-components";
import { Icon } from "./icon.tsx";

interface FieldNoteProps {
  readonly help?: string | undefined;
  readonly fault?: string | undefined;
}

/** The fault is tied to the field by react-aria: the field must have `isInvalid`. */
export function FieldNote({ help, fault }: FieldNoteProps) {
  return (
    <>
      {help !== undefined && (
        <Text className="field-help" slot="description">
          {help}
        </Text>
      )}
      <FieldError className="field-fault">
        <Icon name="warning" size={16} />
        <span>{fault}</span>
      </FieldError>
    </>
  );
}
