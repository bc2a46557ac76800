// Today's bookings as a time line with a line at now, at the foot of the Control page. Each booking
// is a button that shows its volume on the map. One lane holds what does not overlap in time.
import { useEffect, useMemo, useRef } from "react";
import type { Booking } from "../../contract/wire/booking.ts";
import { hongKongDay } from "../app/i18n/hong-kong-time.ts";
import { controlMessages } from "../app/i18n/control-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { useLive } from "../app/live/live-context.ts";
import { useNow } from "../app/use-now.ts";
import { shownState } from "../book/booking-step.ts";
import { ChosenSlot } from "./chosen-slot.tsx";
import { laneOfEach } from "./lanes.ts";

interface SlotLineProps {
  readonly selectedId: string | undefined;
  readonly onChoose: (bookingId: string | undefined) => void;
}

const hourMs = 3_600_000;
const hourPx = 132;
const laneRem = 1.9;
const notShown: readonly Booking["state"][] = ["draft", "withdrawn", "rejected"];

export function SlotLine({ selectedId, onChoose }: SlotLineProps) {
  const text = useText(controlMessages);
  const format = useFormat();
  const bookings = useLive((state) => state.bookings);
  const nowMs = useNow(10_000);
  const day = hongKongDay(nowMs);
  const shown = useMemo(
    () =>
      [...bookings.values()]
        .filter(({ state, startMs, endMs }) => {
          const isToday = startMs < day.endMs && endMs > day.startMs;
          return isToday && !notShown.includes(state);
        })
        .sort((a, b) => a.startMs - b.startMs),
    [bookings, day.startMs, day.endMs],
  );
  const chosen = shown.find(({ id }) => id === selectedId);
  const lanes = laneOfEach(shown);
  const laneCount = Math.max(1, ...lanes.map((lane) => lane + 1));
  const scroller = useRef<HTMLDivElement>(null);
  const left = (timeMs: number): number => ((timeMs - day.startMs) / hourMs) * hourPx;
  // The first look is at now; later the reader decides.
  const firstLeft = useRef(left(nowMs));
  useEffect(() => scroller.current?.scrollTo({ left: firstLeft.current - 160 }), []);
  return (
    <section aria-labelledby="slots-heading" className="control-slots">
      <h2 id="slots-heading">{text.slots}</h2>
      {shown.length === 0 && <p className="soft slots-empty">{text.slotsEmpty}</p>}
      <div
        ref={scroller}
        aria-labelledby="slots-heading"
        className="slots-scroll"
        role="group"
        // What scrolls must be reachable without a mouse, also while it holds no button.
        // eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex
        tabIndex={0}
      >
        <div
          className="slots-canvas"
          style={{ width: 24 * hourPx, height: `${(laneCount * laneRem + 1.5).toString()}rem` }}
        >
          {Array.from({ length: 24 }, (_, hour) => (
            <span
              key={hour}
              aria-hidden="true"
              className="slots-hour"
              style={{ left: hour * hourPx }}
            >
              {Math.abs(hour * hourPx + 20 - left(nowMs)) > 44 &&
                `${String(hour).padStart(2, "0")}:00`}
            </span>
          ))}
          <ul>
            {shown.map((booking, index) => (
              <Slot
                key={booking.id}
                booking={booking}
                isSelected={booking.id === selectedId}
                label={text.slot(
                  format.window(booking.startMs, booking.endMs),
                  booking.title,
                  text.bookingState[shownState(booking)],
                )}
                style={{
                  left: left(Math.max(booking.startMs, day.startMs)),
                  width: Math.max(
                    4,
                    left(Math.min(booking.endMs, day.endMs)) -
                      left(Math.max(booking.startMs, day.startMs)) -
                      2,
                  ),
                  top: `${((lanes[index] ?? 0) * laneRem + 1.4).toString()}rem`,
                }}
                onChoose={onChoose}
              />
            ))}
          </ul>
          <div className="slots-now" style={{ left: left(nowMs) }}>
            <span>{text.now}</span>
          </div>
        </div>
      </div>
      {chosen !== undefined && <ChosenSlot key={chosen.id} booking={chosen} />}
    </section>
  );
}

interface SlotProps {
  readonly booking: Booking;
  readonly label: string;
  readonly isSelected: boolean;
  readonly style: React.CSSProperties;
  readonly onChoose: (bookingId: string | undefined) => void;
}

function Slot({ booking, label, isSelected, style, onChoose }: SlotProps) {
  return (
    <li className="slot-place" style={style}>
      <button
        aria-label={label}
        aria-pressed={isSelected}
        className="slot"
        data-state={shownState(booking)}
        data-testid="slot"
        title={label}
        type="button"
        onClick={() => onChoose(isSelected ? undefined : booking.id)}
      >
        {booking.title}
      </button>
    </li>
  );
}
