// On or off.
import "./choice.css";
import type { ReactNode } from "react";
import { SwitchButton, SwitchField } from "react-aria-components";

interface ToggleProps {
  readonly children: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
}

export function Toggle({ children, isSelected, onChange }: ToggleProps) {
  return (
    <SwitchField isSelected={isSelected} onChange={onChange}>
      <SwitchButton className="switch">
        <span className="switch-track" />
        <span>{children}</span>
      </SwitchButton>
    </SwitchField>
  );
}
