// Hong Kong time by the server's clock, with its offset.
import { useFormat, useText } from "../i18n/language-context.ts";
import { shellMessages } from "../i18n/shell-messages.ts";
import { useNow } from "../use-now.ts";

export function HongKongClock() {
  const text = useText(shellMessages);
  const nowMs = useNow(1000);
  return (
    <span className="top-bar-clock" role="timer" title={text.hongKongTime}>
      <strong>{useFormat().time(nowMs)}</strong> <span className="soft">{text.offset}</span>
    </span>
  );
}
