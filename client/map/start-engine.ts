// Chooses the engine: Mapbox where the server gives a token, MapLibre otherwise and whenever Mapbox
// fails. Called by use-map.ts; each engine is a chunk of its own, fetched only when it is used.
import { z } from "zod";
import { api } from "../app/api.ts";
import type { EngineOptions, MapPort } from "./map-port.ts";

/** The part of GET /api/v1/config that the map needs. */
const mapConfigSchema = z.object({ mapboxToken: z.string().nullish() });

let configured: Promise<string | undefined> | undefined;

/** Asked once per page; without an answer the map that needs no token is shown. */
function readMapboxToken(): Promise<string | undefined> {
  configured ??= api.get("/config", mapConfigSchema).then((answer) => {
    if (answer.kind === "problem") configured = undefined;
    return answer.kind === "ok" ? (answer.value.mapboxToken ?? undefined) : undefined;
  });
  return configured;
}

export interface EngineStart {
  readonly options: EngineOptions;
  /** Set once Mapbox has failed: MapLibre is used whatever the configuration says. */
  readonly without: "mapbox" | undefined;
}

/** Gives the map when it can be drawn on; undefined where it failed (onFailure said why). */
export async function startEngine({ options, without }: EngineStart): Promise<MapPort | undefined> {
  const token = without === "mapbox" ? undefined : await readMapboxToken();
  if (token !== undefined && token !== "") {
    const { startMapbox } = await import("./mapbox-engine.ts");
    return startMapbox(options, token);
  }
  const { startMapLibre } = await import("./maplibre-engine.ts");
  return startMapLibre(options);
}
