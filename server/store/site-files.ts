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

/**
 * Reads all files as one site description. Files are often checked one by one: what refers to a
 * site is only judged where there are sites.
 */
export function readSiteFiles(paths: readonly string[]): SiteFilesReading {
  const faults: SiteFilesFault[] = [];
  const read: ReadFile[] = [];
  for (const path of paths) {
    const file = basename(path);
    const reading = readOne(path);
    if (reading.kind === "content") read.push({ file, content: reading.content });
    else faults.push(...reading.faults.map((fault) => ({ file, ...fault })));
  }
  faults.push(...idFaults(read));
  if (faults.length === 0) faults.push(...strayFaults(read));
  if (faults.length > 0) return { kind: "faults", faults };
  const contents = read.map(({ content }) => content);
  const content: SiteFileContent = {
    sites: contents.flatMap(({ sites }) => sites),
    resources: contents.flatMap(({ resources }) => resources),
    preparedVolumes: contents.flatMap(({ preparedVolumes }) => preparedVolumes),
    zones: contents.flatMap(({ zones }) => zones),
  };
  return { kind: "content", content };
}

interface ReadFile {
  readonly file: string;
  readonly content: SiteFileContent;
}

function readOne(path: string): ReturnType<typeof readSiteFile> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return fileFault("a file that can be read", whyUnread(error, path));
  }
  let json: unknown;
  try {
    // A byte order mark is left out by the decoder.
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return fileFault("readable JSON", error.message);
    return fileFault("text in UTF-8", "bytes that are none");
  }
  return readSiteFile(json);
}

function fileFault(expected: string, found: string): ReturnType<typeof readSiteFile> {
  return { kind: "faults", faults: [{ feature: "the file", path: "", expected, found }] };
}

function whyUnread(error: unknown, path: string): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return `no file ${path}`;
  if (code === "EISDIR") return `a folder, ${path}`;
  if (code === "EACCES") return `no permission to read ${path}`;
  return error instanceof Error ? error.message : String(error);
}

/** What names a feature names one, in all files together. */
function idFaults(read: readonly ReadFile[]): SiteFilesFault[] {
  const fileOf = new Map<string, string>();
  return read.flatMap(({ file, content }) =>
    idsOf(content).flatMap((id): SiteFilesFault[] => {
      const first = fileOf.get(id);
      if (first === undefined) {
        fileOf.set(id, file);
        return [];
      }
      const found = `used before in ${first}`;
      return [{ file, feature: id, path: "properties.id", expected: "an id used once", found }];
    }),
  );
}

function idsOf(content: SiteFileContent): string[] {
  return [
    ...[...content.sites, ...content.resources, ...content.zones].map(({ id }) => id),
    ...content.preparedVolumes.map(({ volume }) => volume.id),
  ];
}

/** Resources and prepared volumes of a site that is not there. */
function strayFaults(read: readonly ReadFile[]): SiteFilesFault[] {
  const siteIds = new Set(read.flatMap(({ content }) => content.sites.map(({ id }) => id)));
  if (siteIds.size === 0) return [];
  return read.flatMap(({ file, content }) => {
    const owned = [
      ...content.resources.map(({ id, siteId }) => ({ id, siteId })),
      ...content.preparedVolumes.map(({ volume, siteId }) => ({ id: volume.id, siteId })),
    ];
    const strays = owned.filter(({ siteId }) => !siteIds.has(siteId));
    return strays.map(({ id, siteId }) => ({
      file,
      feature: id,
      path: "properties.siteId",
      expected: `one of ${[...siteIds].join(", ")}`,
      found: siteId,
    }));
  });
}

/** One line a fault, for people. */
export function describeFault(fault: SiteFilesFault): string {
  const vertex = fault.vertex === undefined ? "" : `, vertex ${String(fault.vertex)}`;
  const path = fault.path === "" ? "" : `, ${fault.path}`;
  const where = `${fault.file}: ${fault.feature}${vertex}${path}`;
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
