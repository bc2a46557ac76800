// GET /health: whether this server serves and whether its picture may be trusted. For everybody:
// it tells nothing of flights, bookings or people.
import { Router } from "express";
import type { PictureHealth } from "../../contract/wire/realtime.ts";
import { allowAnybody } from "./access.ts";

export interface HealthPorts {
  readonly picture: () => PictureHealth;
  /** Asks the database for something small; rejects where it does not answer. */
  readonly touchDatabase: () => Promise<unknown>;
}

/** Older news from ingest than this is a fault. */
const ingestAgeMsMax = 5_000;

export function createHealthRouter(ports: HealthPorts): Router {
  const router = Router();
  router.get("/health", allowAnybody("it tells of programs only"), async (_request, response) => {
    const picture = ports.picture();
    const database = await ports.touchDatabase().then(
      () => true,
      () => false,
    );
    const ingest = picture.ingestConnected && picture.ingestAgeMs <= ingestAgeMsMax;
    const isWell = database && ingest;
    response.set("Cache-Control", "no-store");
    response.status(isWell ? 200 : 503).json({
      status: isWell ? "ok" : "degraded",
      database: database ? "ok" : "unreachable",
      ingest: ingest ? "ok" : "unreachable",
      ...picture,
    });
  });
  return router;
}
