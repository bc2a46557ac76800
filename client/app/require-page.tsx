// Shows a page to those it is for; to others it does not exist.
import { Outlet } from "react-router";
import { NotFoundPage } from "./not-found-page.tsx";
import type { PageName } from "./page-access.ts";
import { maySeePage } from "./page-access.ts";
import { usePerson } from "./session-context.ts";

export function RequirePage({ page }: { readonly page: PageName }) {
  return maySeePage(usePerson().role, page) ? <Outlet /> : <NotFoundPage />;
}
