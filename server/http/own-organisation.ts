// Whose things a person is shown in lists and by id. Called by the routers.
import type { Person } from "../../contract/wire/account.ts";
import { seesEveryOrganisation } from "../accounts/permissions.ts";

/** The person's own organisation; undefined for those who see every organisation's things. */
export function ownOrganisationOf(
  person: Pick<Person, "role" | "organisationId">,
): string | undefined {
  return seesEveryOrganisation(person.role) ? undefined : person.organisationId;
}
