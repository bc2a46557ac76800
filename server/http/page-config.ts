// GET /api/v1/config: what the page must know before anybody signs in. For everybody; a Mapbox
// token of the public kind is made to be seen by browsers.
import { Router } from "express";
import { protocolVersion } from "../../contract/protocol-version.ts";
import { allowAnybody } from "./access.ts";

export interface PageConfig {
  readonly mapboxToken: string | undefined;
  readonly demo: boolean;
}

export function createPageConfigRouter({ mapboxToken, demo }: PageConfig): Router {
  const router = Router();
  router.get("/config", allowAnybody("the sign-in page needs it"), (_request, response) => {
    response.set("Cache-Control", "no-cache");
    response.json({ protocolVersion, demo, mapboxToken: mapboxToken ?? null });
  });
  return router;
}
