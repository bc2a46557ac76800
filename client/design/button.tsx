// A button. `primary` is the one thing a page is there for; `quiet` has no edge.
import "./button.css";
import type { ButtonProps as AriaButtonProps } from "react-aria-components";
import { Button as AriaButton } from "react-aria-components";

interface ButtonProps extends Omit<AriaButtonProps, "className" | "style" | "isPending"> {
  readonly kind?: "primary" | "plain" | "quiet";
  /** What it was pressed for is being done; whoever handles the press ignores a second one. */
  readonly isWorking?: boolean;
}

/** While it works it keeps the focus, so that nobody loses their place. */
export function Button({ kind = "plain", isWorking = false, ...props }: ButtonProps) {
  return <AriaButton {...props} className="button" data-kind={kind} data-working={isWorking} />;
}
