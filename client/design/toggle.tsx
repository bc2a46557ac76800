// On or off.
import "./choice.css";
import type { ReactNode } from "react";
import { Switch } from "react-aria-components";

interface ToggleProps {
  readonly children: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
}

export function Toggle({ children, isSelected, onChange }: ToggleProps) {
  return (
    <Switch className="switch" isSelected={isSelected} onChange={onChange}>
      <span className="switch-track" />
      <span>{children}</span>
    </Switch>
  );
}
