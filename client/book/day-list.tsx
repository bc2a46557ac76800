// The same day as a table: what is held, when, how high and by whom.
import { bookMessages } from "../app/i18n/book-messages.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { DataTable } from "../design/data-table.tsx";
import type { DayRow, DaySlot } from "./day-slots.ts";

interface DayListProps {
  readonly label: string;
  readonly rows: readonly DayRow[];
}

interface Line {
  readonly key: string;
  readonly what: string;
  readonly slot: DaySlot;
}

export function DayList({ label, rows }: DayListProps) {
  const text = useText(bookMessages);
  const format = useFormat();
  const lines: Line[] = rows.flatMap(({ resource, lanes }) =>
    lanes.flat().map((slot) => ({
      key: `${resource?.id ?? ""} ${slot.key}`,
      what: resource === null ? text.airspace : format.name(resource.name),
      slot,
    })),
  );
  lines.sort((a, b) => a.slot.startMs - b.slot.startMs);
  return (
    <DataTable
      hideCaption
      caption={label}
      columns={[
        {
          id: "when",
          name: text.slots.when,
          cell: ({ slot }) => format.window(slot.startMs, slot.endMs),
        },
        { id: "what", name: text.slots.what, cell: ({ what }) => what },
        {
          id: "height",
          name: text.slots.height,
          cell: ({ slot }) =>
            slot.envelope === null
              ? "–"
              : format.band({
                  reference: "AMSL",
                  lowerM: slot.envelope.lowerAmslM,
                  upperM: slot.envelope.upperAmslM,
                }),
        },
        {
          id: "who",
          name: text.slots.who,
          cell: ({ slot }) =>
            slot.booking === null
              ? text.slots.others
              : `${slot.booking.title} (${slot.booking.organisationName})`,
        },
      ]}
      empty={text.slots.empty}
      keyOf={({ key }) => key}
      rows={lines}
    />
  );
}
