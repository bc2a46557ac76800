// The head of the booking page: the day, and the way to a new booking.
import { bookMessages } from "../app/i18n/book-messages.ts";
import { hongKongDateText, hongKongDay, parseHongKongDateMs } from "../app/i18n/hong-kong-time.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { Button } from "../design/button.tsx";
import { Icon } from "../design/icon.tsx";
import { PageHeading } from "../design/page-heading.tsx";
import { TextField } from "../design/text-field.tsx";

interface BookHeaderProps {
  readonly day: { readonly startMs: number; readonly endMs: number };
  readonly nowMs: number;
  readonly mayBook: boolean;
  /** False while a new form could not know yet what is free. */
  readonly isReady: boolean;
  readonly onChooseDay: (startMs: number) => void;
  readonly onNew: () => void;
}

export function BookHeader({ day, nowMs, mayBook, isReady, onChooseDay, onNew }: BookHeaderProps) {
  const text = useText(bookMessages);
  const format = useFormat();
  return (
    <header className="book-header">
      <PageHeading>{text.title}</PageHeading>
      <div className="book-days">
        <Button
          aria-label={text.dayBefore}
          kind="quiet"
          onPress={() => onChooseDay(hongKongDay(day.startMs, -1).startMs)}
        >
          <Icon name="previous" />
        </Button>
        <TextField
          aria-label={text.day}
          label={format.date(day.startMs)}
          type="date"
          value={hongKongDateText(day.startMs)}
          onChange={(dateText) => {
            const startMs = parseHongKongDateMs(dateText);
            if (startMs !== undefined) onChooseDay(startMs);
          }}
        />
        <Button
          aria-label={text.dayAfter}
          kind="quiet"
          onPress={() => onChooseDay(hongKongDay(day.startMs, 1).startMs)}
        >
          <Icon name="next" />
        </Button>
        <Button kind="quiet" onPress={() => onChooseDay(hongKongDay(nowMs).startMs)}>
          {text.today}
        </Button>
      </div>
      {mayBook && (
        <Button isDisabled={!isReady} kind="primary" onPress={onNew}>
          <Icon name="plus" />
          {text.newBooking}
        </Button>
      )}
    </header>
  );
}
