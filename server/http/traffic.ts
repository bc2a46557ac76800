// GET /traffic: aircraft and ships that drones hear near the site, for scripts; pages get the same
// over the socket. Everybody signed in sees them; the drone that heard one, who may see that drone.
import { Router } from "express";
import type { Person } from "../../contract/wire/account.ts";
import type { TrafficContact } from "../../contract/wire/traffic.ts";
import { allow, personOf } from "./access.ts";

/** @param seenBy What this person is shown. */
export function createTrafficRouter(seenBy: (person: Person) => readonly TrafficContact[]): Router {
  const router = Router();
  router.get("/traffic", allow("traffic.read"), (request, response) => {
    response.json({ contacts: seenBy(personOf(request)), nextCursor: null });
  });
  return router;
}
