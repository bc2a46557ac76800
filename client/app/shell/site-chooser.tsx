// The site being looked at, and its range flag: open, on hold or closed, on every page.
import { Icon } from "../../design/icon.tsx";
import { Select } from "../../design/select.tsx";
import { useFormat, useText } from "../i18n/language-context.ts";
import { shellMessages } from "../i18n/shell-messages.ts";
import { useSites } from "../site-context.ts";

const flagIcons = { open: "check", hold: "hold", closed: "stop" } as const;

export function SiteChooser() {
  const text = useText(shellMessages);
  const format = useFormat();
  const { sites, site, chooseSite } = useSites();
  if (sites === undefined || site === undefined) return null;
  return (
    <>
      <Select
        compact
        label={text.site}
        options={sites.map((one) => ({ id: one.id, name: format.name(one.name) }))}
        value={site.id}
        onChange={chooseSite}
      />
      <span className="range-flag" data-status={site.status}>
        <Icon name={flagIcons[site.status]} size={16} />
        <span className="range-flag-text">{text.rangeFlag[site.status]}</span>
      </span>
    </>
  );
}
