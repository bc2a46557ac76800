// The operator's page: the map on the left and the day on the right show the same moment; a new
// booking is a sheet beside them.
import "./book-page.css";
import { useMemo, useState } from "react";
import type { Booking } from "../../contract/wire/booking.ts";
import { bookMessages } from "../app/i18n/book-messages.ts";
import { hongKongDay } from "../app/i18n/hong-kong-time.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { sheetMessages } from "../app/i18n/sheet-messages.ts";
import { LoadingPage } from "../app/loading-page.tsx";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { usePerson } from "../app/session-context.ts";
import { useSites } from "../app/site-context.ts";
import { useNow } from "../app/use-now.ts";
import { Notice } from "../design/notice.tsx";
import { PageHeading } from "../design/page-heading.tsx";
import { BookHeader } from "./book-header.tsx";
import { BookMap } from "./book-map.tsx";
import type { BookingForm } from "./booking-form.ts";
import { firstForm } from "./booking-form.ts";
import { BookingSheet } from "./booking-sheet.tsx";
import { BookingsList } from "./bookings-list.tsx";
import { rowsOfDay } from "./day-slots.ts";
import { DayViews } from "./day-views.tsx";
import { heldBy } from "./earliest-free.ts";
import { MomentSlider } from "./moment-slider.tsx";
import { useBookingFacts } from "./use-booking-facts.ts";

const nowStepMs = 30_000;

export function BookPage() {
  const { sites, site, problem } = useSites();
  if (site !== undefined) return <SiteBookPage key={site.id} site={site} />;
  const title = <BookTitle />;
  if (problem !== undefined) {
    return (
      <div className="page">
        {title}
        <ProblemNotice problem={problem} />
      </div>
    );
  }
  return sites === undefined ? <LoadingPage /> : <div className="page">{title}</div>;
}

function BookTitle() {
  return <PageHeading>{useText(bookMessages).title}</PageHeading>;
}

type Site = NonNullable<ReturnType<typeof useSites>["site"]>;

function SiteBookPage({ site }: { readonly site: Site }) {
  const sheetText = useText(sheetMessages);
  const person = usePerson();
  const nowMs = useNow(nowStepMs);
  const [dayStartMs, setDayStartMs] = useState<number>();
  const [momentMs, setMomentMs] = useState<number>();
  const [selectedId, setSelectedId] = useState<string>();
  const [form, setForm] = useState<BookingForm>();
  const [booked, setBooked] = useState<Booking>();

  const shownDayMs = dayStartMs ?? hongKongDay(nowMs).startMs;
  const day = useMemo(() => hongKongDay(shownDayMs), [shownDayMs]);
  const facts = useBookingFacts(site.id, day);
  const isToday = day.startMs <= nowMs && nowMs < day.endMs;
  const shownMomentMs = momentMs ?? (isToday ? nowMs : day.startMs + 9 * 3_600_000);
  const { resources, bookings, slots } = facts;
  const rows = useMemo(
    () => rowsOfDay({ siteId: site.id, day, resources, bookings, slots }),
    [site.id, day, resources, bookings, slots],
  );

  const chooseDay = (startMs: number): void => {
    setDayStartMs(startMs);
    setMomentMs(undefined);
  };
  const show = (booking: Booking): void => {
    setSelectedId(booking.id);
    setDayStartMs(hongKongDay(booking.startMs).startMs);
    setMomentMs(booking.startMs);
  };
  const open = (): void => {
    const title = sheetText.sheet.firstTitle;
    const whose = { personId: person.id, personPhone: person.phone };
    // The last one booked here may not have been read again yet.
    const held = heldBy(slots, booked === undefined ? bookings : [...bookings, booked]);
    const known = { nowMs, site, title, held, ...whose };
    setBooked(undefined);
    setForm(firstForm({ ...facts, ...known }, isToday ? undefined : shownMomentMs));
  };
  const onBooked = (booking: Booking): void => {
    setForm(undefined);
    setBooked(booking);
    show(booking);
    facts.reload();
  };
  const mayBook = person.role === "operator" || person.role === "admin";
  return (
    <div className="book" data-sheet={form === undefined ? undefined : "open"}>
      <section className="book-map">
        <BookMap
          bookings={bookings}
          day={day}
          form={form}
          momentMs={shownMomentMs}
          resources={resources}
          selectedId={selectedId}
          site={site}
          slots={slots}
          zones={facts.zones}
          onMoveCentre={(centre) =>
            setForm(form && { ...form, centreLatDeg: centre.latDeg, centreLngDeg: centre.lngDeg })
          }
        />
        <MomentSlider day={day} momentMs={shownMomentMs} onChange={setMomentMs} />
      </section>
      <section className="book-day">
        <BookHeader
          day={day}
          isReady={facts.knowsHeld}
          mayBook={mayBook && facts.isComplete && form === undefined}
          nowMs={nowMs}
          onChooseDay={chooseDay}
          onNew={open}
        />
        {booked !== undefined && <BookedNotice booking={booked} site={site} />}
        {facts.problem !== undefined && (
          <ProblemNotice problem={facts.problem} onRetry={facts.reload} />
        )}
        <DayViews
          day={day}
          momentMs={shownMomentMs}
          nowMs={nowMs}
          rows={rows}
          selectedId={selectedId}
          site={site}
          onChoose={(id) => {
            const booking = bookings.find((one) => one.id === id);
            if (booking !== undefined) show(booking);
          }}
        />
        {facts.isLoading ? (
          <LoadingPage />
        ) : (
          <BookingsList
            bookings={bookings}
            resources={resources}
            onChanged={() => {
              setBooked(undefined);
              facts.reload();
            }}
            onShow={show}
          />
        )}
      </section>
      {form !== undefined && (
        <BookingSheet
          facts={facts}
          form={form}
          site={site}
          onBooked={onBooked}
          onChange={setForm}
          onClose={() => setForm(undefined)}
        />
      )}
    </div>
  );
}

function BookedNotice({ booking, site }: { readonly booking: Booking; readonly site: Site }) {
  const text = useText(sheetMessages).answer;
  const format = useFormat();
  const when = format.window(booking.startMs, booking.endMs);
  const detail = booking.state === "accepted" ? text.bookedDetail : text.requestedDetail;
  return (
    <Notice kind="done" title={text.booked(booking.title)}>
      <p>{detail(when, format.name(site.name))}</p>
    </Notice>
  );
}
