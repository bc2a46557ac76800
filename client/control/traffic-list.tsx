// The aircraft and ships that drones hear: what the map shows of them as a table, nearest first.
// On the Control page below the fleet.
import type { TrafficContact } from "../../contract/wire/traffic.ts";
import type { Position } from "../../contract/wire/geometry.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { trafficMessages } from "../app/i18n/traffic-messages.ts";
import { useSites } from "../app/site-context.ts";
import { DataTable, type Column } from "../design/data-table.tsx";
import {
  byDistance,
  contactHeight,
  contactMovement,
  contactName,
  contactRemarks,
  distanceM,
} from "./traffic-text.ts";

export function TrafficList({ contacts }: { readonly contacts: readonly TrafficContact[] }) {
  const text = useText(trafficMessages);
  const centre = useSites().site?.centre;
  const columns = useColumns(centre);
  return (
    <section aria-labelledby="traffic-heading" className="control-traffic" data-testid="traffic">
      <details>
        <summary className="control-heading">
          <h2 id="traffic-heading">{text.heading}</h2>
          <span className="soft">{text.count(contacts.length)}</span>
        </summary>
        <div className="control-traffic-rows">
          <DataTable
            hideCaption
            caption={text.caption}
            columns={columns}
            empty={text.none}
            keyOf={({ key }) => key}
            rows={byDistance(contacts, centre)}
            testId="traffic-row"
          />
        </div>
      </details>
    </section>
  );
}

function useColumns(centre: Position | undefined): Column<TrafficContact>[] {
  const text = useText(trafficMessages);
  const format = useFormat();
  return [
    {
      id: "name",
      name: text.name,
      cell: (contact) => (
        <>
          {contactName(contact)}{" "}
          <span className="soft">
            {[text.kind[contact.kind], ...contactRemarks(contact, text)].join(text.comma)}
          </span>
        </>
      ),
    },
    {
      id: "height",
      name: text.height,
      cell: (contact) => contactHeight(contact, text, format) ?? text.unknown,
    },
    {
      id: "movement",
      name: text.movement,
      cell: (contact) => contactMovement(contact, text, format),
    },
    {
      id: "distance",
      name: text.distance,
      cell: ({ position }) =>
        centre === undefined ? text.unknown : format.distance(distanceM(centre, position)),
    },
    { id: "position", name: text.position, cell: ({ position }) => format.position(position) },
    {
      id: "age",
      name: text.age,
      cell: ({ ageMs }) => text.ageOf(format.number(Math.floor(ageMs / 1000))),
    },
    {
      id: "source",
      name: text.source,
      cell: ({ heardBy }) =>
        heardBy === null ? text.sourceUnknown : format.drone(heardBy.vehicleName, heardBy.sysid),
    },
  ];
}
