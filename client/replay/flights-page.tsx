// The flights a person may see, newest first, with filters; each opens in the player. At /replay.
import "./flights-page.css";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import { flightSchema, type Flight } from "../../contract/wire/flight.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { replayMessages } from "../app/i18n/replay-messages.ts";
import { listOf } from "../app/list-answer.ts";
import { useLive } from "../app/live/live-context.ts";
import { ProblemNotice } from "../app/problem-notice.tsx";
import { useSites } from "../app/site-context.ts";
import { useResource } from "../app/use-resource.ts";
import { Button } from "../design/button.tsx";
import { DataTable, type Column } from "../design/data-table.tsx";
import { PageHeading } from "../design/page-heading.tsx";
import { Select } from "../design/select.tsx";
import { TextField } from "../design/text-field.tsx";
import { flightMatches, mergedFlights, type FlightFilter } from "./flight-filter.ts";

const flightListSchema = listOf("flights", flightSchema);
const pageRows = 50;
const rowsMax = 200;
const noFilter: FlightFilter = { text: "", siteId: "any", onlyWithAlarms: false };

export function FlightsPage() {
  const text = useText(replayMessages);
  const [limit, setLimit] = useState(pageRows);
  const { value, problem, loading, reload } = useResource(
    `/flights?limit=${limit}`,
    flightListSchema,
    10_000,
  );
  const told = useLive((state) => state.flights);
  const format = useFormat();
  const [filter, setFilter] = useState(noFilter);
  const flights = useMemo(() => mergedFlights(value?.items ?? [], told), [value, told]);
  const shown = flights.filter((flight) => flightMatches(flight, filter, format));
  const columns = useColumns();
  const mayHaveMore = value !== undefined && value.nextCursor !== null && limit < rowsMax;
  return (
    <div className="flights-page">
      <PageHeading>{text.title}</PageHeading>
      <Filters filter={filter} onChange={setFilter} />
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={reload} />}
      {(!loading || flights.length > 0) && problem === undefined && (
        <DataTable
          caption={text.flights}
          columns={columns}
          empty={flights.length === 0 ? text.noFlights : text.noMatch}
          keyOf={({ id }) => id}
          rows={shown}
          testId="flight-row"
        />
      )}
      {mayHaveMore && (
        <p>
          <Button onPress={() => setLimit((last) => Math.min(rowsMax, last + pageRows))}>
            {text.more}
          </Button>
        </p>
      )}
    </div>
  );
}

interface FiltersProps {
  readonly filter: FlightFilter;
  readonly onChange: (filter: FlightFilter) => void;
}

function Filters({ filter, onChange }: FiltersProps) {
  const text = useText(replayMessages).filter;
  const format = useFormat();
  const { sites } = useSites();
  const siteOptions = [
    { id: "any", name: text.anySite },
    ...(sites ?? []).map(({ id, name }) => ({ id, name: format.name(name) })),
  ];
  const alarmOptions = [
    { id: "any", name: text.anyAlarms },
    { id: "with", name: text.withAlarms },
  ] as const;
  return (
    <div className="flights-filters">
      <TextField
        help={text.textHelp}
        label={text.text}
        value={filter.text}
        onChange={(value) => onChange({ ...filter, text: value })}
      />
      <Select
        label={text.site}
        options={siteOptions}
        value={filter.siteId}
        onChange={(siteId) => onChange({ ...filter, siteId })}
      />
      <Select
        label={text.alarms}
        options={alarmOptions}
        value={filter.onlyWithAlarms ? "with" : "any"}
        onChange={(id) => onChange({ ...filter, onlyWithAlarms: id === "with" })}
      />
    </div>
  );
}

function useColumns(): readonly Column<Flight>[] {
  const text = useText(replayMessages);
  const format = useFormat();
  return [
    {
      id: "aircraft",
      name: text.column.aircraft,
      cell: ({ id, aircraftName, sysid }) => (
        <Link data-flight-id={id} to={`/replay/${encodeURIComponent(id)}`}>
          {format.droneWithSystem(aircraftName, sysid)}
        </Link>
      ),
    },
    {
      id: "start",
      name: text.column.start,
      cell: ({ armedAtMs }) => format.dateTime(armedAtMs),
    },
    {
      id: "duration",
      name: text.column.duration,
      cell: ({ armedAtMs, disarmedAtMs }) =>
        disarmedAtMs === null ? "–" : format.duration(disarmedAtMs - armedAtMs),
    },
    {
      id: "booking",
      name: text.column.booking,
      cell: ({ bookingTitle, binding }) =>
        bookingTitle === null || binding.kind === "unbooked"
          ? text.binding[binding.kind]
          : `${bookingTitle} (${text.binding[binding.kind]})`,
    },
    {
      id: "highest",
      name: text.column.highest,
      isFigure: true,
      cell: ({ figures }) =>
        figures?.maxAltitudeAboveHomeM == null
          ? "–"
          : format.height(figures.maxAltitudeAboveHomeM, "ABOVE_HOME"),
    },
    {
      id: "distance",
      name: text.column.distance,
      isFigure: true,
      cell: ({ figures }) => (figures === null ? "–" : format.distance(figures.distanceM)),
    },
    {
      id: "alarms",
      name: text.column.alarms,
      isFigure: true,
      cell: ({ alarmCount }) => String(alarmCount),
    },
    { id: "state", name: text.column.state, cell: ({ state }) => text.state[state] },
  ];
}
