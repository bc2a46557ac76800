// Express put together: headers, the API behind its session, health and metrics, the page's files,
// and one answer for every failure. Called by app.ts, which makes the parts.
import express, { type Express, type RequestHandler, type Router } from "express";
import { pageAddresses } from "../../contract/page-addresses.ts";
import { limits } from "../config.ts";
import type { Log } from "../log.ts";
import { otherMethods } from "./other-methods.ts";
import { problemHandler, unknownAddress } from "./problem.ts";
import { securityHeaders, type PageSettings } from "./security-headers.ts";

export interface HttpAppParts extends PageSettings {
  readonly log: Log;
  readonly makeErrorId: () => string;
  /** As Express takes "trust proxy". */
  readonly trustProxy: number | readonly string[];
  /** Between the body parser and the routers of the API. */
  readonly apiMiddleware: readonly RequestHandler[];
  /** Mounted under /api/v1, before the session is looked at. */
  readonly openApi: readonly Router[];
  /** Mounted under /api/v1. */
  readonly api: readonly Router[];
  /** Mounted at the root, before the page: health and metrics. */
  readonly watch: readonly Router[];
  readonly page: Router;
}

export function createHttpApp(parts: HttpAppParts): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set(
    "trust proxy",
    typeof parts.trustProxy === "number" ? parts.trustProxy : [...parts.trustProxy],
  );
  app.use(securityHeaders(parts));
  for (const router of parts.watch) app.use(router);
  app.use(otherMethods(parts.watch));
  const api = express.Router();
  for (const router of parts.openApi) api.use(router);
  api.use(express.json({ limit: limits.jsonBodyBytesMax, strict: false }));
  api.use(noStore, ...parts.apiMiddleware);
  for (const router of parts.api) api.use(router);
  api.use(otherMethods([...parts.openApi, ...parts.api]));
  app.use("/api/v1", api);
  // Of all addresses below /api one is a page's: the API's description.
  app.use("/api", (request, response, next) => {
    if (isPageAddress(`/api${request.path}`)) next();
    else unknownAddress(request, response, next);
  });
  app.use(parts.page);
  app.use(unknownAddress);
  app.use(problemHandler({ log: parts.log, makeErrorId: parts.makeErrorId }));
  return app;
}

function isPageAddress(address: string): boolean {
  const pages: readonly string[] = pageAddresses;
  return pages.includes(address.replace(/\/$/, ""));
}

/** What belongs to a person is kept by no cache between us. */
const noStore: RequestHandler = (_request, response, next) => {
  response.set("Cache-Control", "private, no-cache");
  next();
};
