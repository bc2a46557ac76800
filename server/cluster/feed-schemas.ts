// What ingest tells over the local pipe beside the messages of contract/wire. Called by
// local-feed-client.ts.
import { z } from "zod";
import { vehicleStatusSchema } from "../../contract/wire/live-status.ts";
import { trafficContactsMax, trafficContactSchema } from "../../contract/wire/traffic.ts";

export const feedSchemas = {
  hello: z.object({
    protocolVersion: z.number(),
    node: z.string(),
    pid: z.number(),
    planVersion: z.number(),
    lastJournalNumber: z.number(),
    journalEpoch: z.string(),
    journalAfter: z.number(),
    listeners: z.array(z.string()),
  }),
  status: z.object({
    changed: z.array(vehicleStatusSchema),
    removed: z.array(z.number()),
  }),
  traffic: z.array(trafficContactSchema).max(trafficContactsMax),
  version: z.number(),
};
