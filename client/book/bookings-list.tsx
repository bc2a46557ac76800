// The bookings from the shown day on, and the way to withdraw one.
import { useState } from "react";
import type { Booking } from "../../contract/wire/booking.ts";
import { bookingSchema } from "../../contract/wire/booking.ts";
import type { Problem } from "../../contract/wire/problem.ts";
import type { Resource } from "../../contract/wire/site.ts";
import { api } from "../app/api.ts";
import { bookMessages } from "../app/i18n/book-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { usePerson } from "../app/session-context.ts";
import { useSites } from "../app/site-context.ts";
import { Button } from "../design/button.tsx";
import { ConfirmDialog } from "../design/confirm-dialog.tsx";
import { DataTable, type Column } from "../design/data-table.tsx";
import { Notice } from "../design/notice.tsx";
import { BookingStateMark } from "./booking-state-mark.tsx";

interface BookingsListProps {
  readonly bookings: readonly Booking[];
  readonly onChanged: () => void;
  readonly onShow: (booking: Booking) => void;
  /** For their names in the reader's language. */
  readonly resources: readonly Resource[];
}

const mayBeWithdrawn = ["draft", "requested", "accepted"];

export function BookingsList({ bookings, resources, onChanged, onShow }: BookingsListProps) {
  const text = useText(bookMessages);
  const format = useFormat();
  const { role, organisationId } = usePerson();
  const [leaving, setLeaving] = useState<Booking>();
  const [working, setWorking] = useState(false);
  const [withdrawn, setWithdrawn] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const seesAll = role !== "operator";
  const withdraw = async (booking: Booking): Promise<void> => {
    if (working) return;
    setWorking(true);
    const address = `/bookings/${encodeURIComponent(booking.id)}/withdraw`;
    const options = { ifMatch: `"${booking.version}"` };
    const answer = await api.post(address, {}, bookingSchema, options);
    setWorking(false);
    setLeaving(undefined);
    setProblem(answer.kind === "problem" ? answer.problem : undefined);
    setWithdrawn(answer.kind === "ok" ? booking.title : undefined);
    onChanged();
  };
  const mayWithdraw = (booking: Booking): boolean =>
    mayBeWithdrawn.includes(booking.state) &&
    (booking.organisationId === organisationId || role === "admin");
  const columns = useColumns({ seesAll, resources, mayWithdraw, onShow, onWithdraw: setLeaving });
  const rows = [...bookings].sort((a, b) => a.startMs - b.startMs);
  return (
    <>
      {withdrawn !== undefined && <Notice kind="done" title={text.withdraw.done(withdrawn)} />}
      {problem !== undefined && (
        <ProblemNotice problem={problem}>
          {problem.status === 412 && <p>{text.withdraw.changed}</p>}
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
      {leaving !== undefined && (
        <ConfirmDialog
          cancel={text.withdraw.cancel}
          confirm={text.withdraw.confirm}
          isWorking={working}
          title={text.withdraw.title}
          onCancel={() => setLeaving(undefined)}
          onConfirm={() => void withdraw(leaving)}
        >
          {text.withdraw.detail(leaving.title, format.window(leaving.startMs, leaving.endMs))}
        </ConfirmDialog>
      )}
    </>
  );
}

interface ColumnUses {
  readonly seesAll: boolean;
  readonly resources: readonly Resource[];
  readonly mayWithdraw: (booking: Booking) => boolean;
  readonly onShow: (booking: Booking) => void;
  readonly onWithdraw: (booking: Booking) => void;
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
      cell: (booking) =>
        uses.mayWithdraw(booking) && (
          <Button
            aria-label={text.bookings.withdrawNamed(booking.title)}
            onPress={() => uses.onWithdraw(booking)}
          >
            {text.bookings.withdraw}
          </Button>
        ),
    },
  ];
}
