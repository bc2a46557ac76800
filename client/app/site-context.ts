// The sites and the one being looked at, for every component below SiteProvider.
import { createContext, useContext } from "react";
import type { Problem } from "../../contract/wire/problem.ts";
import type { Site } from "../../contract/wire/site.ts";

export interface SiteChoice {
  /** Undefined until the server answered. */
  readonly sites: readonly Site[] | undefined;
  /** The chosen site; the first where none was chosen. */
  readonly site: Site | undefined;
  readonly problem: Problem | undefined;
  readonly chooseSite: (siteId: string) => void;
}

export const SiteContext = createContext<SiteChoice>({
  sites: undefined,
  site: undefined,
  problem: undefined,
  chooseSite: () => undefined,
});

/** The sites, the chosen one, and how to choose. */
export function useSites(): SiteChoice {
  return useContext(SiteContext);
}
