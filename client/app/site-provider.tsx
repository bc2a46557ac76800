// Reads the sites, and again every half minute since the range flag of a site may change.
import type { ReactNode } from "react";
import { useMemo, useState } from "react";
import { siteSchema } from "../../contract/wire/site.ts";
import { listOf } from "./list-answer.ts";
import { readPreference, writePreference } from "./preference.ts";
import { SiteContext } from "./site-context.ts";
import { useResource } from "./use-resource.ts";

const siteListSchema = listOf("sites", siteSchema);
const readAgainMs = 30_000;

export function SiteProvider({ children }: { readonly children: ReactNode }) {
  const { value, problem } = useResource("/sites", siteListSchema, readAgainMs);
  const [chosenId, setChosenId] = useState(() => readPreference("site"));
  const choice = useMemo(() => {
    const sites = value?.items;
    return {
      sites,
      site: sites?.find((site) => site.id === chosenId) ?? sites?.[0],
      problem,
      chooseSite: (siteId: string) => {
        writePreference("site", siteId);
        setChosenId(siteId);
      },
    };
  }, [value, problem, chosenId]);
  return <SiteContext value={choice}>{children}</SiteContext>;
}
