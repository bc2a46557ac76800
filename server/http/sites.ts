// /sites, /resources and /zones: what the pages draw and what can be booked. For everybody who is
// signed in.
import { Router } from "express";
import { z } from "zod";
import { shownZone } from "../domain/airspace/zone-record.ts";
import type { SiteRepository } from "../store/ports.ts";
import { allow } from "./access.ts";
import { readQuery } from "./read-input.ts";

export const resourcesQuerySchema = z.strictObject({ siteId: z.string().max(60).optional() });

export function createSitesRouter(ports: {
  readonly sites: SiteRepository;
  /** The newest plan that ingest judges by. */
  readonly planVersionInForce: () => number;
}): Router {
  const router = Router();
  router.get("/sites", allow("site.read"), async (_request, response) => {
    response.json({ sites: await ports.sites.sites(), nextCursor: null });
  });
  router.get("/resources", allow("resource.read"), async (request, response) => {
    const { siteId } = readQuery(resourcesQuerySchema, request);
    response.json({ resources: await ports.sites.resources(siteId), nextCursor: null });
  });
  router.get("/zones", allow("zone.read"), async (_request, response) => {
    const records = await ports.sites.zones();
    const inForce = ports.planVersionInForce();
    response.json({ zones: records.map((zone) => shownZone(zone, inForce)), nextCursor: null });
  });
  return router;
}
