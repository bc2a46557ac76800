// POST /availability: what of a site is taken within a window, whoever took it, and which of its
// resources are free throughout. Says that a time and place are taken, never by whom.
import { Router } from "express";
import { z } from "zod";
import type { BookingRepository, SiteRepository } from "../store/ports.ts";
import { allow } from "./access.ts";
import { HttpProblem } from "./problem.ts";
import { readBody } from "./read-input.ts";

/** Longest window that is answered at once. */
const windowMsMax = 31 * 24 * 3_600_000;

const epochMs = z.number().int().min(0).max(4_102_444_800_000);
export const availabilitySchema = z
  .strictObject({ siteId: z.string().max(60), startMs: epochMs, endMs: epochMs })
  .refine(({ startMs, endMs }) => startMs < endMs && endMs - startMs <= windowMsMax, {
    path: ["endMs"],
    message: "an end after the start, at most 31 days later",
  });

export function createAvailabilityRouter(ports: {
  readonly sites: SiteRepository;
  readonly bookings: BookingRepository;
}): Router {
  const router = Router();
  router.post("/availability", allow("availability.read"), async (request, response) => {
    const { siteId, startMs, endMs } = readBody(availabilitySchema, request);
    const sites = await ports.sites.sites();
    if (!sites.some(({ id }) => id === siteId)) {
      const fault = { path: "siteId", expected: "a site that is there", found: siteId };
      const detail = `siteId: expected ${fault.expected}; found ${siteId}.`;
      const title = "There is no such site";
      throw new HttpProblem({ status: 422, kind: "unfit", title, detail, faults: [fault] });
    }
    const slots = await ports.bookings.slots(siteId, startMs, endMs);
    const taken = new Set(slots.flatMap(({ resourceIds }) => resourceIds));
    const resources = await ports.sites.resources(siteId);
    const freeResourceIds = resources.map(({ id }) => id).filter((id) => !taken.has(id));
    response.json({ siteId, startMs, endMs, slots, freeResourceIds });
  });
  return router;
}
