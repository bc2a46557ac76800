// Whether the live picture may be trusted, in the top bar of every page. Grey while it may.
import "./picture-health.css";
import { controlMessages } from "../app/i18n/control-messages.ts";
import { useText } from "../app/i18n/language-context.ts";
import { useLive } from "../app/live/live-context.ts";
import { Icon } from "../design/icon.tsx";

export function PictureHealth() {
  const text = useText(controlMessages);
  const trust = useLive((state) => state.trust);
  const outdated = useLive((state) => state.outdated);
  const detail = trust === "trusted" ? undefined : text.trustDetail[trust];
  return (
    <span
      className="picture-health"
      data-testid="picture-health"
      data-trust={trust}
      role="status"
      title={outdated ? text.outdated : detail}
    >
      <Icon name={trust === "trusted" ? "check" : "warning"} size={16} />
      <span className="picture-health-text">{outdated ? text.outdated : text.trust[trust]}</span>
    </span>
  );
}
