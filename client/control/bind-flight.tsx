// The way to bind a flight that has no booking of its own: a choice of bookings, and a question
// that names drone and booking. In the drone's panel and the facts of a recorded flight.
import { useState } from "react";
import type { Booking } from "../../contract/wire/booking.ts";
import { boundFlightSchema } from "../../contract/wire/hand-act.ts";
import type { Problem } from "../../contract/wire/problem.ts";
import { api } from "../app/api.ts";
import { handActMessages } from "../app/i18n/hand-act-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { useLive } from "../app/live/live-context.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { useNow } from "../app/use-now.ts";
import { Button } from "../design/button.tsx";
import { ConfirmDialog } from "../design/confirm-dialog.tsx";
import { Select } from "../design/select.tsx";
import { bindingCandidates, type FlownSpan } from "./binding-candidates.ts";

/** The list of candidates moves on this often. */
const candidatesEveryMs = 10_000;

interface BindFlightProps {
  readonly flightId: string;
  readonly droneName: string;
  /** Null for a drone that nobody registered. */
  readonly aircraftId: string | null;
  readonly siteId: string | undefined;
  /** When it was flown; undefined while it may go on. */
  readonly flown?: FlownSpan | undefined;
}

export function BindFlight(props: BindFlightProps) {
  const { siteId, flown } = props;
  const text = useText(handActMessages).bind;
  const format = useFormat();
  const bookings = useLive((state) => state.bookings);
  const nowMs = useNow(candidatesEveryMs);
  const [bookingId, setBookingId] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const candidates = bindingCandidates(bookings.values(), siteId, nowMs, flown);
  const chosen = candidates.find(({ id }) => id === bookingId);
  if (candidates.length === 0) {
    return <p className="soft">{flown === undefined ? text.none : text.noneFlown}</p>;
  }
  return (
    <div className="drone-act">
      <Select
        label={text.label}
        options={candidates.map((booking) => ({
          id: booking.id,
          name: booking.title,
          detail: text.detail(
            format.window(booking.startMs, booking.endMs),
            booking.organisationName,
          ),
        }))}
        placeholder={text.choose}
        value={chosen?.id ?? null}
        onChange={setBookingId}
      />
      <Button
        data-testid="bind-flight"
        isDisabled={chosen === undefined}
        onPress={() => setAsking(true)}
      >
        {text.button}
      </Button>
      {asking && chosen !== undefined && (
        <BindQuestion {...props} booking={chosen} onDone={() => setAsking(false)} />
      )}
    </div>
  );
}

interface BindQuestionProps extends BindFlightProps {
  readonly booking: Booking;
  readonly onDone: () => void;
}

function BindQuestion(props: BindQuestionProps) {
  const { booking, aircraftId, droneName, flightId, flown, onDone } = props;
  const text = useText(handActMessages).bind;
  const format = useFormat();
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const bind = async (): Promise<void> => {
    if (working) return;
    setWorking(true);
    const path = `/flights/${encodeURIComponent(flightId)}/bind`;
    const answer = await api.post(path, { bookingId: booking.id }, boundFlightSchema);
    setWorking(false);
    if (answer.kind === "ok") onDone();
    else setProblem(answer.problem);
  };
  const window = format.window(booking.startMs, booking.endMs);
  return (
    <ConfirmDialog
      cancel={text.cancel}
      confirm={text.confirm}
      isWorking={working}
      title={text.title(droneName, booking.title)}
      onCancel={onDone}
      onConfirm={() => void bind()}
    >
      <p>{text.detail(window, booking.organisationName)}</p>
      {!booking.aircraft.some(({ id }) => id === aircraftId) && (
        <p>
          <strong>{text.notNamed(droneName)}</strong>
        </p>
      )}
      <p>{(flown === undefined ? text.what : text.whatFlown)(booking.organisationName)}</p>
      {problem !== undefined && <ProblemNotice problem={problem} />}
    </ConfirmDialog>
  );
}
