// The pilots a booking may name.
import { pilotSchema } from "../../contract/wire/account.ts";
import { useText } from "../app/i18n/language-context.ts";
import { manageMessages } from "../app/i18n/manage-messages.ts";
import { listOf } from "../app/list-answer.ts";
import { useResource } from "../app/use-resource.ts";
import { DataTable } from "../design/data-table.tsx";
import { ResourceBody } from "./resource-body.tsx";

const pilotList = listOf("users", pilotSchema);

export function PeopleTab() {
  const text = useText(manageMessages).people;
  const people = useResource("/users?role=pilot", pilotList);
  return (
    <div className="form">
      <ResourceBody resource={people}>
        {({ items }) => (
          <DataTable
            caption={text.caption}
            columns={[
              { id: "name", name: text.name, cell: ({ name }) => name },
              {
                id: "phone",
                name: text.phone,
                cell: ({ phone }) => <a href={`tel:${phone.replaceAll(" ", "")}`}>{phone}</a>,
              },
            ]}
            empty={text.empty}
            keyOf={({ id }) => id}
            rows={items}
          />
        )}
      </ResourceBody>
      <p className="soft">{text.howTo}</p>
    </div>
  );
}
