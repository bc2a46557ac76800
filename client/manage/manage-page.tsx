// What the site is made of and who flies there: aircraft, people, sites, zones.
import "./manage-page.css";
import { linkMessages } from "../app/i18n/link-messages.ts";
import { manageMessages } from "../app/i18n/manage-messages.ts";
import { useText } from "../app/i18n/language-context.ts";
import { usePerson } from "../app/session-context.ts";
import { PageHeading } from "../design/page-heading.tsx";
import { Tabs } from "../design/tabs.tsx";
import { AircraftTab } from "./aircraft-tab.tsx";
import { LinksTab } from "./links-tab.tsx";
import { PeopleTab } from "./people-tab.tsx";
import { SitesTab } from "./sites-tab.tsx";
import { ZonesTab } from "./zones-tab.tsx";

export function ManagePage() {
  const text = useText(manageMessages);
  const links = useText(linkMessages);
  // Links show every sender, so only those who may see all of them have the tab.
  const { role } = usePerson();
  const seesLinks = role === "admin";
  return (
    <div className="page">
      <PageHeading>{text.title}</PageHeading>
      <Tabs
        label={text.views}
        tabs={[
          { id: "aircraft", name: text.aircraft.tab, body: <AircraftTab /> },
          { id: "people", name: text.people.tab, body: <PeopleTab /> },
          { id: "sites", name: text.sites.tab, body: <SitesTab /> },
          { id: "zones", name: text.zones.tab, body: <ZonesTab /> },
          ...(seesLinks ? [{ id: "links", name: links.tab, body: <LinksTab /> }] : []),
        ]}
      />
    </div>
  );
}
