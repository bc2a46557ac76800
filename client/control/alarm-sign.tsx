// The mark of an alarm's priority: a square, a diamond or a triangle, as around the drone on the
// map. A word always stands beside it; the colour only helps the eye.
import "./alarm-sign.css";
import type { AlarmPriority } from "../../contract/wire/alarm.ts";

const shapes: Readonly<Record<AlarmPriority, string>> = {
  emergency: "M3 3h14v14H3z",
  high: "M10 1.5L18.5 10L10 18.5L1.5 10z",
  low: "M10 2.5L18.5 17h-17z",
};

interface AlarmSignProps {
  readonly priority: AlarmPriority;
  /** Hollow once somebody has seen it. */
  readonly hollow?: boolean;
  /** Only for what is at the top and unseen. */
  readonly blinking?: boolean;
  readonly size?: number;
}

export function AlarmSign(props: AlarmSignProps) {
  const { priority, hollow = false, blinking = false, size = 18 } = props;
  return (
    <svg
      aria-hidden="true"
      className="alarm-sign"
      data-blinking={blinking}
      data-hollow={hollow}
      data-priority={priority}
      height={size}
      viewBox="0 0 20 20"
      width={size}
    >
      <path d={shapes[priority]} />
    </svg>
  );
}
