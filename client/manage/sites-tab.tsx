// The sites with what can be booked on them: where it is from and how well it is known.
import type { PreparedVolume, Resource } from "../../contract/wire/site.ts";
import { resourceSchema } from "../../contract/wire/site.ts";
import { useFormat, useText } from "../app/i18n/language-context.ts";
import { manageMessages } from "../app/i18n/manage-messages.ts";
import { listOf } from "../app/list-answer.ts";
import { useSites } from "../app/site-context.ts";
import { useResource } from "../app/use-resource.ts";
import { DataTable } from "../design/data-table.tsx";
import { ResourceBody } from "./resource-body.tsx";

const resourceList = listOf("resources", resourceSchema);
const none: readonly never[] = [];

export function SitesTab() {
  const text = useText(manageMessages);
  const format = useFormat();
  const { sites = none } = useSites();
  const resources = useResource("/resources", resourceList);
  return (
    <div className="form">
      <DataTable
        caption={text.sites.caption}
        columns={[
          { id: "name", name: text.sites.name, cell: ({ name }) => format.name(name) },
          { id: "status", name: text.sites.status, cell: (s) => text.sites.statusName[s.status] },
          { id: "centre", name: text.sites.centre, cell: (s) => format.position(s.centre) },
          {
            id: "ground",
            name: text.sites.ground,
            cell: ({ groundAmslM }) => format.height(groundAmslM, "AMSL", 1),
          },
        ]}
        empty={text.sites.empty}
        keyOf={({ id }) => id}
        rows={sites}
      />
      <VolumeTable volumes={sites.flatMap(({ preparedVolumes }) => preparedVolumes)} />
      <ResourceBody resource={resources}>
        {({ items }) => <ResourceTable resources={items} />}
      </ResourceBody>
    </div>
  );
}

function VolumeTable({ volumes }: { readonly volumes: readonly PreparedVolume[] }) {
  const text = useText(manageMessages);
  const format = useFormat();
  return (
    <DataTable
      caption={text.sites.volumesCaption}
      columns={[
        { id: "name", name: text.sites.volume, cell: ({ name }) => format.name(name) },
        { id: "band", name: text.sites.band, cell: ({ band }) => format.band(band) },
        {
          id: "confidence",
          name: text.sites.confidence,
          cell: (v) => text.confidence[v.confidence],
        },
        { id: "source", name: text.sites.source, cell: ({ source }) => source },
      ]}
      empty={text.sites.volumesEmpty}
      keyOf={({ id }) => id}
      rows={volumes}
    />
  );
}

function ResourceTable({ resources }: { readonly resources: readonly Resource[] }) {
  const text = useText(manageMessages);
  const format = useFormat();
  return (
    <DataTable
      caption={text.sites.resourcesCaption}
      columns={[
        { id: "name", name: text.sites.resource, cell: ({ name }) => format.name(name) },
        { id: "kind", name: text.sites.kind, cell: ({ kind }) => text.sites.kindName[kind] },
        { id: "place", name: text.sites.centre, cell: (r) => format.position(r.position) },
        {
          id: "surface",
          name: text.sites.surface,
          cell: ({ surfaceAmslM }) => format.height(surfaceAmslM, "AMSL", 1),
        },
        {
          id: "confidence",
          name: text.sites.confidence,
          cell: (r) => text.confidence[r.confidence],
        },
      ]}
      empty={text.sites.resourcesEmpty}
      keyOf={({ id }) => id}
      rows={resources}
    />
  );
}
