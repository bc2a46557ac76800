// One day of a site as a time line: a row for the airspace and for each pad, bay and station. The
// list beside it (day-list.tsx) holds the same facts. Every slot says its time in words.
import "./day-time-line.css";
import { useEffect, useEffectEvent, useRef } from "react";
import { Button } from "react-aria-components";
import type { Resource } from "../../contract/wire/site.ts";
import { bookMessages } from "../app/i18n/book-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import type { DayRow, DaySlot } from "./day-slots.ts";

interface DayTimeLineProps {
  readonly label: string;
  readonly day: { readonly startMs: number; readonly endMs: number };
  readonly rows: readonly DayRow[];
  readonly nowMs: number;
  readonly momentMs: number;
  readonly selectedId: string | undefined;
  readonly organisationId: string;
  readonly onChoose: (bookingId: string) => void;
}

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const hourMs = 3_600_000;

/** Share of the day, as a length for styles; beyond the day it is cut off. */
function share(day: DayTimeLineProps["day"], timeMs: number): string {
  const part = (timeMs - day.startMs) / (day.endMs - day.startMs);
  return `${(Math.min(1, Math.max(0, part)) * 100).toFixed(3)}%`;
}

export function DayTimeLine(props: DayTimeLineProps) {
  const { label, day, rows, nowMs, momentMs } = props;
  const text = useText(bookMessages);
  const format = useFormat();
  const frame = useRef<HTMLDivElement>(null);
  // The shown moment comes into view when another day is chosen; afterwards the person scrolls.
  const showMoment = useEffectEvent(() => {
    if (frame.current === null) return;
    const part = (momentMs - hourMs - day.startMs) / (day.endMs - day.startMs);
    frame.current.scrollLeft = Math.max(0, part) * frame.current.scrollWidth;
  });
  useEffect(() => showMoment(), [day.startMs, day.endMs]);
  const name = (resource: Resource | null): string =>
    resource === null ? text.airspace : format.name(resource.name);
  const isToday = day.startMs <= nowMs && nowMs < day.endMs;
  return (
    // A frame that scrolls must be reachable by keys.
    // eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex
    <div ref={frame} aria-label={label} className="day-line" role="region" tabIndex={0}>
      <div className="day-line-body">
        <div aria-hidden="true" className="day-line-row day-line-hours">
          <span className="day-line-name" />
          <span className="day-line-track">
            {hours.map((hour) => (
              <span
                key={hour}
                className="day-line-hour"
                style={{ left: `${((hour / 24) * 100).toFixed(3)}%` }}
              >
                {text.hour(hour)}
              </span>
            ))}
          </span>
        </div>
        {rows.map((row) => (
          <section key={row.resource?.id ?? "airspace"} className="day-line-row">
            <h2 className="day-line-name">{name(row.resource)}</h2>
            <div className="day-line-track">
              {row.lanes.length === 0 && <span className="visually-hidden">{text.free}</span>}
              {row.lanes.map((lane, index) => (
                <ul key={index} className="day-line-lane">
                  {lane.map((slot) => (
                    <SlotMark key={slot.key} {...props} slot={slot} />
                  ))}
                </ul>
              ))}
            </div>
          </section>
        ))}
        <div aria-hidden="true" className="day-line-over">
          <div className="day-line-moment" style={{ left: share(day, momentMs) }} />
          {isToday && <div className="day-line-now" style={{ left: share(day, nowMs) }} />}
        </div>
      </div>
    </div>
  );
}

function SlotMark(props: DayTimeLineProps & { readonly slot: DaySlot }) {
  const { day, slot, selectedId, organisationId, onChoose } = props;
  const text = useText(bookMessages);
  const format = useFormat();
  const { booking } = slot;
  const window = format.window(slot.startMs, slot.endMs);
  const style = {
    left: share(day, slot.startMs),
    right: `calc(100% - ${share(day, slot.endMs)})`,
  };
  if (booking === null) {
    return (
      <li className="day-slot" style={style} title={`${window} ${text.taken}`}>
        <span className="day-slot-text">
          <span className="day-slot-window">{window} </span>
          {text.taken}
        </span>
      </li>
    );
  }
  const tone = booking.organisationId === organisationId ? "mine" : "known";
  return (
    <li className="day-slot" data-tone={tone} style={style} title={`${window} ${booking.title}`}>
      <Button
        aria-pressed={booking.id === selectedId}
        className="day-slot-button"
        onPress={() => onChoose(booking.id)}
      >
        <span className="day-slot-text">
          <span className="day-slot-window">{window} </span>
          {booking.title}
        </span>
      </Button>
    </li>
  );
}
