// The booking that was chosen in the time line at the foot of Control: what, when, how it stands,
// and the step a controller may take.
import { useState } from "react";
import type { Booking } from "../../contract/wire/booking.ts";
import type { Problem } from "../../contract/wire/problem.ts";
import { bookMessages } from "../app/i18n/book-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { useLiveStore } from "../app/live/live-context.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { usePerson } from "../app/session-context.ts";
import { BookingStateMark } from "../book/booking-state-mark.tsx";
import { BookingStepDialog } from "../book/booking-step-dialog.tsx";
import { stepFor, type BookingStep } from "../book/booking-step.ts";
import { Button } from "../design/button.tsx";

/** Give it the booking's id as `key`: what was asked belongs to one booking. */
export function ChosenSlot({ booking }: { readonly booking: Booking }) {
  const text = useText(bookMessages);
  const format = useFormat();
  const store = useLiveStore();
  const step = stepFor(booking, usePerson());
  const [asked, setAsked] = useState<BookingStep>();
  const [problem, setProblem] = useState<Problem>();
  const answered = (answer: Booking | Problem): void => {
    setAsked(undefined);
    setProblem("id" in answer ? undefined : answer);
    if ("id" in answer) store.on.booking(answer);
  };
  return (
    <div className="slot-chosen" data-testid="chosen-slot">
      <strong>{booking.title}</strong>
      <span className="soft">{booking.organisationName}</span>
      <span>{format.window(booking.startMs, booking.endMs)}</span>
      <BookingStateMark booking={booking} />
      {step !== undefined && (
        <Button aria-label={text[step].named(booking.title)} onPress={() => setAsked(step)}>
          {text[step].action}
        </Button>
      )}
      {problem !== undefined && (
        <ProblemNotice problem={problem}>
          {problem.status === 412 && <p>{text.changed}</p>}
        </ProblemNotice>
      )}
      {asked !== undefined && (
        <BookingStepDialog
          booking={booking}
          step={asked}
          onAnswered={answered}
          onCancel={() => setAsked(undefined)}
        />
      )}
    </div>
  );
}
