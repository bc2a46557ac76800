// The headers by which a browser holds our pages to what they need. Used by http-app.ts.
import type { RequestHandler } from "express";
import helmet from "helmet";

/** Hosts that Mapbox GL JS asks, and only where a token is set: else no request leaves. */
const mapboxHosts = ["https://api.mapbox.com", "https://events.mapbox.com"];

export interface PageSettings {
  readonly mapboxToken: string | undefined;
  /** True where people come by https: browsers may then insist on it. */
  readonly isHttps: boolean;
}

/** Scripts, workers, fonts and connections from our own origin alone. */
export function securityHeaders({ mapboxToken, isHttps }: PageSettings): RequestHandler {
  const mapbox = mapboxToken === undefined ? [] : mapboxHosts;
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        connectSrc: ["'self'", ...mapbox],
        fontSrc: ["'self'", "data:"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", "data:", "blob:", ...mapbox],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // Overlays and maps place themselves by style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        workerSrc: mapbox.length === 0 ? ["'self'"] : ["'self'", "blob:"],
      },
    },
    referrerPolicy: { policy: "same-origin" },
    strictTransportSecurity: isHttps,
  });
}
