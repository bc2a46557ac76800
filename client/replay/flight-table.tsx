// The flight as a table, every 10 s: the same facts as map and charts. In the player.
import type { TrackColumns } from "../../contract/wire/flight.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { replayMessages } from "../app/i18n/replay-messages.ts";
import { DataTable, type Column } from "../design/data-table.tsx";
import type { PlayerRange } from "./player.ts";
import { momentAt, type TrackMoment } from "./track.ts";

interface FlightTableProps {
  readonly track: TrackColumns;
  readonly range: PlayerRange;
}

const rowEveryMs = 10_000;

interface Row {
  readonly timeMs: number;
  readonly moment: TrackMoment;
}

export function FlightTable({ track, range }: FlightTableProps) {
  const texts = useText(replayMessages);
  const text = texts.player;
  const format = useFormat();
  const rows: Row[] = [];
  for (let timeMs = range.startMs; timeMs < range.endMs; timeMs += rowEveryMs) {
    rows.push({ timeMs, moment: momentAt(track, timeMs) });
  }
  const figure =
    (read: (reading: Extract<TrackMoment, { kind: "reading" }>["reading"]) => string) =>
    ({ moment }: Row): string =>
      moment.kind === "reading" ? read(moment.reading) : "–";
  const columns: readonly Column<Row>[] = [
    { id: "time", name: text.clock, cell: ({ timeMs }) => format.time(timeMs) },
    {
      id: "mode",
      name: text.mode,
      cell: (row) => (row.moment.kind === "gap" ? text.gap : figure((one) => one.modeName)(row)),
    },
    {
      id: "home",
      name: text.heightAboveHome,
      isFigure: true,
      cell: figure((one) => format.number(one.altitudeAboveHomeM, 1)),
    },
    {
      id: "amsl",
      name: text.heightAmsl,
      isFigure: true,
      cell: figure((one) => format.number(one.altitudeAmslM, 1)),
    },
    {
      id: "speed",
      name: text.speed,
      isFigure: true,
      cell: figure((one) => format.number(one.groundSpeedMps, 1)),
    },
    { id: "position", name: text.position, cell: figure((one) => format.position(one.position)) },
  ];
  return (
    <DataTable
      caption={text.tableCaption}
      columns={columns}
      empty={text.noTrack}
      keyOf={({ timeMs }) => String(timeMs)}
      rows={rows}
    />
  );
}
