// Work in progress whose end is not known.
import "./progress.css";
import { ProgressBar } from "react-aria-components";

export function Progress({ label }: { readonly label: string }) {
  return (
    <ProgressBar isIndeterminate aria-label={label} className="progress">
      <span className="progress-ring" />
      <span>{label}</span>
    </ProgressBar>
  );
}
