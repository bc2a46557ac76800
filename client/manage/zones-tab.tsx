// The zones: what each asks, from when to when, where it is from and how well it is known.
import type { Zone } from "../../contract/wire/zone.ts";
import { zoneSchema } from "../../contract/wire/zone.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { manageMessages } from "../app/i18n/manage-messages.ts";
import { listOf } from "../app/list-answer.ts";
import { useResource } from "../app/use-resource.ts";
import { DataTable } from "../design/data-table.tsx";
import { ResourceBody } from "./resource-body.tsx";

const zoneList = listOf("zones", zoneSchema);

export function ZonesTab() {
  const all = useText(manageMessages);
  const text = all.zones;
  const format = useFormat();
  const zones = useResource("/zones", zoneList);
  const validity = ({ validity: { startMs, endMs } }: Zone): string => {
    if (startMs !== null && endMs !== null) {
      return text.validBetween(format.dateTime(startMs), format.dateTime(endMs));
    }
    if (startMs !== null) return text.validFrom(format.dateTime(startMs));
    return endMs === null ? text.always : text.validUntil(format.dateTime(endMs));
  };
  return (
    <ResourceBody resource={zones}>
      {({ items }) => (
        <DataTable
          caption={text.caption}
          columns={[
            { id: "name", name: text.name, cell: ({ name }) => format.name(name) },
            { id: "kind", name: text.kind, cell: ({ kind }) => text.kindName[kind] },
            { id: "heights", name: text.heights, cell: ({ band }) => format.band(band) },
            { id: "validity", name: text.validity, cell: validity },
            {
              id: "version",
              name: text.version,
              cell: ({ version, inForce }) =>
                `${version}, ${inForce ? text.inForce : text.notInForce}`,
            },
            {
              id: "source",
              name: text.source,
              cell: ({ source, confidence }) => (
                <>
                  {source} <span className="soft">({all.confidence[confidence]})</span>
                </>
              ),
            },
          ]}
          empty={text.empty}
          keyOf={({ id }) => id}
          rows={items}
        />
      )}
    </ResourceBody>
  );
}
