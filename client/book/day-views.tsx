// The day of a site, as a time line or as a list of the same facts.
import type { Site } from "../../contract/wire/site.ts";
import { bookMessages } from "../app/i18n/book-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { usePerson } from "../app/session-context.ts";
import { Tabs } from "../design/tabs.tsx";
import { DayList } from "./day-list.tsx";
import type { DayRow } from "./day-slots.ts";
import { DayTimeLine } from "./day-time-line.tsx";

interface DayViewsProps {
  readonly site: Site;
  readonly day: { readonly startMs: number; readonly endMs: number };
  readonly rows: readonly DayRow[];
  readonly nowMs: number;
  readonly momentMs: number;
  readonly selectedId: string | undefined;
  readonly onChoose: (bookingId: string) => void;
}

export function DayViews(props: DayViewsProps) {
  const text = useText(bookMessages);
  const format = useFormat();
  const { organisationId } = usePerson();
  const label = text.timeLineOf(format.name(props.site.name), format.date(props.day.startMs));
  const line = <DayTimeLine {...props} label={label} organisationId={organisationId} />;
  return (
    <Tabs
      label={text.views}
      tabs={[
        { id: "line", name: text.timeLine, body: line },
        { id: "list", name: text.list, body: <DayList label={label} rows={props.rows} /> },
      ]}
    />
  );
}
