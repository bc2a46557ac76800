// Which pages are shown to whom. What a person may really do is decided by the server; this only
// leaves out what would answer "no".
import type { Role } from "../../contract/wire/account.ts";

export type PageName = "book" | "control" | "replay" | "manage";

/** In the order of the rail. */
export const pageNames: readonly PageName[] = ["book", "control", "replay", "manage"];

const rolesOfPage: Record<PageName, readonly Role[]> = {
  book: ["operator", "controller", "admin"],
  control: ["operator", "controller", "pilot", "admin"],
  replay: ["operator", "controller", "pilot", "admin"],
  manage: ["operator", "admin"],
};

/** Those who watch everybody's drones; a crew sees its own organisation's on the same page. */
export function isControlRoom(role: Role): boolean {
  return role === "controller" || role === "admin";
}

/** The page a person of each role comes for. */
const firstPageOfRole: Record<Role, PageName> = {
  operator: "book",
  controller: "control",
  pilot: "replay",
  admin: "manage",
};

export function maySeePage(role: Role, page: PageName): boolean {
  return rolesOfPage[page].includes(role);
}

/** The address of the page a person comes for. */
export function firstPath(role: Role): string {
  return `/${firstPageOfRole[role]}`;
}
