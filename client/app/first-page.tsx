// The bare address: everybody goes to the page they come for.
import { Navigate } from "react-router";
import { firstPath } from "./page-access.ts";
import { usePerson } from "./session-context.ts";

export function FirstPage() {
  return <Navigate replace to={firstPath(usePerson().role)} />;
}
