// A button. `primary` is the one thing a page is there for; `quiet` has no edge.
import "./button.css";
import type { ButtonProps as AriaButtonProps } from "react-aria-components";
import { Button as AriaButton } from "react-aria-components";

interface ButtonProps extends Omit<AriaButtonProps, "className" | "style"> {
  readonly kind?: "primary" | "plain" | "quiet";
}

/** While `isPending` it stays focusable, says so, and does nothing when pressed. */
export function Button({ kind = "plain", ...props }: ButtonProps) {
  return <AriaButton {...props} className="button" data-kind={kind} />;
}
