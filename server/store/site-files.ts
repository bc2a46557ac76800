// Reads the site's GeoJSON files from disk and brings them into an empty database.
// Called at a start on an empty database and by `npm run geofence`.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import {
  readSiteFile,
  type SiteFileContent,
  type SiteFileFault,
} from "../domain/airspace/site-file.ts";
import type { SiteRepository } from "./ports.ts";

/** A fault with the file it is in. */
export interface SiteFilesFault extends SiteFileFault {
  readonly file: string;
}

export type SiteFilesReading =
  | { readonly kind: "content"; readonly content: SiteFileContent }
  | { readonly kind: "faults"; readonly faults: readonly SiteFilesFault[] };

/** The .geojson files of a folder, by name. */
export function siteFilesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".geojson"))
    .sort()
    .map((name) => join(folder, name));
}

/** Reads all files as one site description; faults of every file are collected. */
export function readSiteFiles(paths: readonly string[]): SiteFilesReading {
  const faults: SiteFilesFault[] = [];
  const contents: SiteFileContent[] = [];
  for (const path of paths) {
    const file = basename(path);
    const reading = readOne(path);
    if (reading.kind === "content") contents.push(reading.content);
    else faults.push(...reading.faults.map((fault) => ({ file, ...fault })));
  }
  const content: SiteFileContent = {
    sites: contents.flatMap(({ sites }) => sites),
    resources: contents.flatMap(({ resources }) => resources),
    preparedVolumes: contents.flatMap(({ preparedVolumes }) => preparedVolumes),
    zones: contents.flatMap(({ zones }) => zones),
  };
  return faults.length > 0 ? { kind: "faults", faults } : { kind: "content", content };
}

function readOne(path: string): ReturnType<typeof readSiteFile> {
  try {
    const json: unknown = JSON.parse(readFileSync(path, "utf8"));
    return readSiteFile(json);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    const fault = { feature: "the file", path: "", expected: "readable JSON", found };
    return { kind: "faults", faults: [fault] };
  }
}

/** What else must hold of a whole site: ids once each, everything of a site that is there. */
export function wholeSiteFaults(content: SiteFileContent): SiteFileFault[] {
  const siteIds = new Set(content.sites.map(({ id }) => id));
  const owned = [
    ...content.resources.map(({ id, siteId }) => ({ id, siteId })),
    ...content.preparedVolumes.map(({ volume, siteId }) => ({ id: volume.id, siteId })),
  ];
  const strays = owned.filter(({ siteId }) => !siteIds.has(siteId));
  const ids = [...siteIds, ...owned.map(({ id }) => id), ...content.zones.map(({ id }) => id)];
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  return [
    ...strays.map(({ id, siteId }) => ({
      feature: id,
      path: "properties.siteId",
      expected: `one of ${[...siteIds].join(", ")}`,
      found: siteId,
    })),
    ...twice.map((id) => ({
      feature: id,
      path: "properties.id",
      expected: "an id used once",
      found: "used again",
    })),
  ];
}

/** One line a fault, for people. */
export function describeFault(fault: SiteFilesFault): string {
  const vertex = fault.vertex === undefined ? "" : `, vertex ${String(fault.vertex)}`;
  const where = `${fault.file}: ${fault.feature}${vertex}, ${fault.path}`;
  return `${where}: expected ${fault.expected}; found ${fault.found}`;
}

/** Brings a checked site description into the database. */
export async function seedSites(
  repository: SiteRepository,
  content: SiteFileContent,
  nowMs: number,
): Promise<void> {
  const sites = content.sites.map((site) => {
    const resources = content.resources.filter(({ siteId }) => siteId === site.id);
    const volumes = content.preparedVolumes.filter(({ siteId }) => siteId === site.id);
    return { site, resources, preparedVolumes: volumes.map(({ volume }) => volume) };
  });
  await repository.seed(sites, content.zones, nowMs);
}
