// The sheet in which a booking is filled in and sent. It opens beside the map and the day with a
// form that can be booked as it stands, and its button says what will happen.
import "./booking-sheet.css";
import type { SubmitEvent } from "react";
import { useEffect, useRef, useState } from "react";
import type { Booking } from "../../contract/wire/booking.ts";
import { bookingSchema, purposeSchema } from "../../contract/wire/booking.ts";
import type { Problem } from "../../contract/wire/problem.ts";
import type { Site } from "../../contract/wire/site.ts";
import { api } from "../app/api.ts";
import { sheetMessages } from "../app/i18n/sheet-messages.ts";
import { hongKongClockText, hongKongDateText } from "../app/i18n/hong-kong-time.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { randomKey } from "../app/random-key.ts";
import { Button } from "../design/button.tsx";
import { Icon } from "../design/icon.tsx";
import { Select } from "../design/select.tsx";
import { TextField } from "../design/text-field.tsx";
import { Toggle } from "../design/toggle.tsx";
import { BookingAnswer } from "./booking-answer.tsx";
import type { BookingForm, FormField } from "./booking-form.ts";
import { firstFaulty, isToldAtOnce, readForm, windowOfForm } from "./booking-form.ts";
import { fieldOfFault } from "./fault-fields.ts";
import { FormSection } from "./form-section.tsx";
import type { BookingFacts } from "./use-booking-facts.ts";
import { WhenFields } from "./when-fields.tsx";
import { WhereFields } from "./where-fields.tsx";
import { WhoFields } from "./who-fields.tsx";

interface BookingSheetProps {
  readonly site: Site;
  readonly facts: BookingFacts;
  readonly form: BookingForm;
  readonly onChange: (form: BookingForm) => void;
  readonly onBooked: (booking: Booking) => void;
  readonly onClose: () => void;
}

const anHourMs = 3_600_000;

export function BookingSheet(props: BookingSheetProps) {
  const { site, facts, form, onChange, onClose } = props;
  const text = useText(sheetMessages);
  const format = useFormat();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const [tried, setTried] = useState(false);
  const { problem, working, send, forget } = useBookingRequest(props);

  const reading = readForm(form, site.id);
  const faults = reading.kind === "faults" ? reading.faults : {};
  const faultOf = (field: FormField): string | undefined => {
    const own = faults[field];
    if (own !== undefined) return tried || isToldAtOnce(own) ? text.fault[own] : undefined;
    const fault = problem?.faults?.find((one) => fieldOfFault(one) === field);
    return fault === undefined ? undefined : text.fault.ofServer(fault.expected, fault.found);
  };
  const change = (part: Partial<BookingForm>): void => {
    forget();
    onChange({ ...form, ...part });
  };
  const window = windowOfForm(form);
  const lengthMs = window === undefined ? anHourMs : window.endMs - window.startMs;
  const move = (startMs: number): void =>
    change({
      dateText: hongKongDateText(startMs),
      startText: hongKongClockText(startMs),
      endText: hongKongClockText(startMs + lengthMs),
    });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setTried(true);
    if (reading.kind === "request" && !working) void send(reading.request);
  };
  const part = { form, change, faultOf };
  const faultCount = Object.keys(faults).length;
  const first = firstFaulty(faults);
  const label =
    first !== undefined || window === undefined
      ? text.needed[first ?? "endText"]
      : text.sheet.submit(format.window(window.startMs, window.endMs), format.name(site.name));
  return (
    <aside aria-labelledby="booking-sheet-title" className="booking-sheet">
      <header className="booking-sheet-header">
        <h2 ref={heading} id="booking-sheet-title" tabIndex={-1}>
          {text.sheet.title}
        </h2>
        <Button aria-label={text.sheet.close} kind="quiet" onPress={onClose}>
          <Icon name="close" />
        </Button>
      </header>
      <form noValidate className="booking-sheet-form" onSubmit={submit}>
        <WhenFields {...part} />
        <WhereFields {...part} resources={facts.resources} site={site} />
        <WhoFields {...part} aircraft={facts.aircraft} pilots={facts.pilots} />
        <WhatFields {...part} />
        <div className="booking-sheet-foot">
          {problem !== undefined && (
            <BookingAnswer
              lengthMs={lengthMs}
              problem={problem}
              wording={{ text, format, ...facts, preparedVolumes: site.preparedVolumes }}
              onMove={move}
            />
          )}
          {tried && faultCount > 0 && <p role="alert">{text.fault.count(faultCount)}</p>}
          <Button isWorking={working} kind="primary" type="submit">
            {working ? text.sheet.working : label}
          </Button>
        </div>
      </form>
    </aside>
  );
}

function WhatFields(props: Parameters<typeof WhenFields>[0]) {
  const { form, change, faultOf } = props;
  const text = useText(sheetMessages);
  return (
    <FormSection title={text.sheet.what}>
      <TextField
        fault={faultOf("title")}
        label={text.sheet.titleField}
        maxLength={120}
        value={form.title}
        onChange={(title) => change({ title })}
      />
      <Select
        fault={faultOf("purpose")}
        label={text.sheet.purpose}
        options={purposeSchema.options.map((id) => ({ id, name: text.purpose[id] }))}
        value={form.purpose}
        onChange={(purpose) => change({ purpose })}
      />
      <Toggle
        isSelected={form.siteMayCommand}
        onChange={(siteMayCommand) => change({ siteMayCommand })}
      >
        {text.sheet.siteMayCommand}
      </Toggle>
      <p className="soft">{text.sheet.siteMayCommandNo}</p>
      <TextField
        manyLines
        fault={faultOf("notes")}
        label={text.sheet.notes}
        maxLength={2000}
        value={form.notes}
        onChange={(notes) => change({ notes })}
      />
    </FormSection>
  );
}

/** Sends the request. One that got no answer is sent again under its key, so that it books once. */
function useBookingRequest({ onBooked }: BookingSheetProps) {
  const [problem, setProblem] = useState<Problem>();
  const [working, setWorking] = useState(false);
  const unanswered = useRef<{ readonly bodyText: string; readonly key: string }>(undefined);
  const send = async (request: object): Promise<void> => {
    const bodyText = JSON.stringify(request);
    const again = unanswered.current?.bodyText === bodyText ? unanswered.current.key : undefined;
    const key = again ?? randomKey();
    unanswered.current = { bodyText, key };
    setWorking(true);
    setProblem(undefined);
    const options = { idempotencyKey: key };
    const answer = await api.post("/bookings", request, bookingSchema, options);
    setWorking(false);
    if (answer.kind === "ok" || answer.problem.status > 0) unanswered.current = undefined;
    if (answer.kind === "ok") onBooked(answer.value);
    else setProblem(answer.problem);
  };
  return { problem, working, send, forget: () => setProblem(undefined) };
}
