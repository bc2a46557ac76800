// The bookings from the shown day on, and the way to withdraw or end one.
import { useState } from "react";
import type { Person } from "../../contract/wire/account.ts";
import type { Booking } from "../../contract/wire/booking.ts";
import type { Problem } from "../../contract/wire/problem.ts";
import type { Resource } from "../../contract/wire/site.ts";
import { bookMessages } from "../app/i18n/book-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { usePerson } from "../app/session-context.ts";
import { useSites } from "../app/site-context.ts";
import { Button } from "../design/button.tsx";
import { DataTable, type Column } from "../design/data-table.tsx";
import { Notice } from "../design/notice.tsx";
import { BookingStateMark } from "./booking-state-mark.tsx";
import { BookingStepDialog } from "./booking-step-dialog.tsx";
import { stepFor, type BookingStep } from "./booking-step.ts";

interface BookingsListProps {
  readonly bookings: readonly Booking[];
  readonly onChanged: () => void;
  readonly onShow: (booking: Booking) => void;
  /** For their names in the reader's language. */
  readonly resources: readonly Resource[];
}

interface Asked {
  readonly step: BookingStep;
  readonly booking: Booking;
}

export function BookingsList({ bookings, resources, onChanged, onShow }: BookingsListProps) {
  const text = useText(bookMessages);
  const person = usePerson();
  const [asked, setAsked] = useState<Asked>();
  const [done, setDone] = useState<Asked>();
  const [problem, setProblem] = useState<Problem>();
  const seesAll = person.role !== "operator";
  const answered = (step: BookingStep, booking: Booking, answer: Booking | Problem): void => {
    setAsked(undefined);
    setProblem("id" in answer ? undefined : answer);
    setDone("id" in answer ? { step, booking } : undefined);
    onChanged();
  };
  const columns = useColumns({ seesAll, resources, person, onShow, onAsk: setAsked });
  const rows = [...bookings].sort((a, b) => a.startMs - b.startMs);
  return (
    <>
      {done !== undefined && (
        <Notice kind="done" title={text[done.step].done(done.booking.title)} />
      )}
      {problem !== undefined && (
        <ProblemNotice problem={problem}>
          {problem.status === 412 && <p>{text.changed}</p>}
        </ProblemNotice>
      )}
      <DataTable
        caption={seesAll ? text.bookings.captionAll : text.bookings.caption}
        columns={columns}
        empty={text.bookings.empty}
        keyOf={({ id }) => id}
        rows={rows}
        testId="booking-row"
      />
      {asked !== undefined && (
        <BookingStepDialog
          {...asked}
          onAnswered={(answer) => answered(asked.step, asked.booking, answer)}
          onCancel={() => setAsked(undefined)}
        />
      )}
    </>
  );
}

interface ColumnUses {
  readonly seesAll: boolean;
  readonly resources: readonly Resource[];
  readonly person: Pick<Person, "role" | "organisationId">;
  readonly onShow: (booking: Booking) => void;
  readonly onAsk: (asked: Asked) => void;
}

function useColumns(uses: ColumnUses): Column<Booking>[] {
  const text = useText(bookMessages);
  const format = useFormat();
  const { sites } = useSites();
  const siteName = (siteId: string): string => {
    const site = sites?.find(({ id }) => id === siteId);
    return site === undefined ? siteId : format.name(site.name);
  };
  const resourceName = ({ id, name }: Booking["resources"][number]): string => {
    const resource = uses.resources.find((one) => one.id === id);
    return resource === undefined ? name : format.name(resource.name);
  };
  return [
    {
      id: "title",
      name: text.bookings.title,
      cell: (booking) => (
        <Button
          aria-label={text.bookings.show(booking.title)}
          kind="quiet"
          onPress={() => uses.onShow(booking)}
        >
          {booking.title}
        </Button>
      ),
    },
    {
      id: "when",
      name: text.bookings.when,
      cell: (booking) => (
        <>
          {format.date(booking.startMs)}
          <br />
          {format.window(booking.startMs, booking.endMs)}
        </>
      ),
    },
    {
      id: "site",
      name: text.bookings.site,
      cell: (booking) => (
        <>
          {siteName(booking.siteId)}
          <br />
          <span className="soft">{booking.resources.map(resourceName).join(", ")}</span>
        </>
      ),
    },
    {
      id: "drones",
      name: text.bookings.drones,
      cell: (booking) => booking.aircraft.map(({ name }) => name).join(", "),
    },
    ...(uses.seesAll
      ? [
          {
            id: "organisation",
            name: text.bookings.organisation,
            cell: (booking: Booking) => booking.organisationName,
          },
        ]
      : []),
    {
      id: "state",
      name: text.bookings.state,
      cell: (booking) => <BookingStateMark booking={booking} />,
    },
    {
      id: "action",
      name: text.bookings.action,
      cell: (booking) => {
        const step = stepFor(booking, uses.person);
        if (step === undefined) return null;
        return (
          <Button
            aria-label={text[step].named(booking.title)}
            onPress={() => uses.onAsk({ step, booking })}
          >
            {text[step].action}
          </Button>
        );
      },
    },
  ];
}
