// /users: the people of the own organisation, for controllers and admins of all. With role=pilot it
// is the list of who can be named in a booking.
import { Router } from "express";
import { z } from "zod";
import { roleSchema } from "../../contract/wire/account.ts";
import type { AccountRepository } from "../store/ports.ts";
import { allow, personOf } from "./access.ts";
import { ownOrganisationOf } from "./own-organisation.ts";
import { readQuery } from "./read-input.ts";

export const usersQuerySchema = z.strictObject({ role: roleSchema.optional() });

export function createUsersRouter(ports: { readonly accounts: AccountRepository }): Router {
  const router = Router();
  router.get("/users", allow("user.read"), async (request, response) => {
    const { role } = readQuery(usersQuerySchema, request);
    const organisationId = ownOrganisationOf(personOf(request));
    const people = await ports.accounts.people({ organisationId, role });
    // A pilot's address is nobody's business but his own organisation's desk.
    const pilots = people.map(({ id, name, organisationId: of, phone }) => ({
      id,
      name,
      organisationId: of,
      phone,
    }));
    response.json({ users: role === "pilot" ? pilots : people, nextCursor: null });
  });
  return router;
}
