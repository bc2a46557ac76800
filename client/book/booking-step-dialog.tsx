// Asks before a booking is given back or ended, and does it. For the list of bookings and the
// time line of the Control page.
import { useState } from "react";
import { bookingSchema, type Booking } from "../../contract/wire/booking.ts";
import type { Problem } from "../../contract/wire/problem.ts";
import { api } from "../app/api.ts";
import { bookMessages } from "../app/i18n/book-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { ConfirmDialog } from "../design/confirm-dialog.tsx";
import type { BookingStep } from "./booking-step.ts";

interface BookingStepDialogProps {
  readonly step: BookingStep;
  readonly booking: Booking;
  readonly onCancel: () => void;
  /** With the booking as it is now, or why not. */
  readonly onAnswered: (answer: Booking | Problem) => void;
}

export function BookingStepDialog(props: BookingStepDialogProps) {
  const { step, booking, onCancel, onAnswered } = props;
  const text = useText(bookMessages)[step];
  const format = useFormat();
  const [working, setWorking] = useState(false);
  const take = async (): Promise<void> => {
    if (working) return;
    setWorking(true);
    const address = `/bookings/${encodeURIComponent(booking.id)}/${step}`;
    const options = { ifMatch: `"${booking.version}"` };
    const answer = await api.post(address, {}, bookingSchema, options);
    setWorking(false);
    onAnswered(answer.kind === "ok" ? answer.value : answer.problem);
  };
  return (
    <ConfirmDialog
      cancel={text.cancel}
      confirm={text.confirm}
      isWorking={working}
      title={text.title}
      onCancel={onCancel}
      onConfirm={() => void take()}
    >
      {text.detail(booking.title, format.window(booking.startMs, booking.endMs))}
    </ConfirmDialog>
  );
}
