// A site's GeoJSON files -> sites, resources, prepared volumes and zones, or what is wrong in them.
// Called where an empty database is seeded and by `npm run geofence -- check`.
import type { Footprint } from "../../../contract/wire/geometry.ts";
import { inputFaults } from "../../../contract/wire/input-faults.ts";
import {
  namedFeatureSchema,
  siteCollectionSchema,
  siteFeatureSchema,
  type SiteFeature,
} from "../../../contract/wire/site-file.ts";
import type { PreparedVolume, Resource, Site } from "../../../contract/wire/site.ts";
import type { Zone } from "../../../contract/wire/zone.ts";
import { footprintFaults } from "./footprint-check.ts";

/** A zone as a file states it: the database gives version, hash and whether it is in force. */
export type ZoneDraft = Omit<Zone, "version" | "sha256" | "inForce">;

/** A prepared volume with the site it belongs to. */
export interface SitePreparedVolume {
  readonly siteId: string;
  readonly volume: PreparedVolume;
}

export interface SiteFileContent {
  readonly sites: readonly Omit<Site, "preparedVolumes">[];
  readonly resources: readonly Resource[];
  readonly preparedVolumes: readonly SitePreparedVolume[];
  readonly zones: readonly ZoneDraft[];
}

/** One thing wrong in a file; `vertex` counts from 0 in the outer ring, or is absent. */
export interface SiteFileFault {
  readonly feature: string;
  readonly vertex?: number;
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}

export type SiteFileReading =
  | { readonly kind: "content"; readonly content: SiteFileContent }
  | { readonly kind: "faults"; readonly faults: readonly SiteFileFault[] };

/**
 * Reads one parsed GeoJSON file in the form of geofences/README.md.
 *
 * @param json The parsed file, of any shape.
 * @returns The content, or every fault found, each naming feature, vertex (if any) and value.
 */
export function readSiteFile(json: unknown): SiteFileReading {
  const collection = siteCollectionSchema.safeParse(json);
  if (!collection.success) {
    return { kind: "faults", faults: issuesToFaults("the file", collection.error.issues, json) };
  }
  if (collection.data.features.length === 0) {
    const found = "none: the file holds nothing";
    const fault = { feature: "the file", path: "features", expected: "a feature or more", found };
    return { kind: "faults", faults: [fault] };
  }
  const content = emptyContent();
  const faults: SiteFileFault[] = [];
  for (const [index, raw] of collection.data.features.entries()) {
    const parsed = siteFeatureSchema.safeParse(raw);
    if (parsed.success) faults.push(...addFeature(content, parsed.data));
    else faults.push(...issuesToFaults(featureLabel(raw, index), parsed.error.issues, raw));
  }
  return faults.length > 0 ? { kind: "faults", faults } : { kind: "content", content };
}

interface GrowingContent extends SiteFileContent {
  readonly sites: Omit<Site, "preparedVolumes">[];
  readonly resources: Resource[];
  readonly preparedVolumes: SitePreparedVolume[];
  readonly zones: ZoneDraft[];
}

function emptyContent(): GrowingContent {
  return { sites: [], resources: [], preparedVolumes: [], zones: [] };
}

function addFeature(content: GrowingContent, feature: SiteFeature): SiteFileFault[] {
  const { properties: facts } = feature;
  if (facts.role === "site" || facts.role === "resource") return addPlace(content, feature);
  const footprint = footprintOf(feature);
  if ("expected" in footprint) return [footprint];
  const faults = footprintFaults(footprint).map((fault) => ({
    feature: facts.id,
    ...(fault.vertex === undefined ? {} : { vertex: fault.vertex }),
    path: "geometry",
    expected: fault.expected,
    found: fault.found,
  }));
  if (faults.length > 0) return faults;
  const { id, name, source, confidence } = facts;
  if (facts.role === "zone") {
    content.zones.push({
      id,
      kind: facts.kind,
      name,
      footprint,
      band: facts.band,
      validity: { startMs: toMs(facts.validity.from), endMs: toMs(facts.validity.until) },
      source,
      confidence,
    });
  } else {
    const volume = { id, name, footprint, band: facts.band, source, confidence };
    content.preparedVolumes.push({ siteId: facts.siteId, volume });
  }
  return [];
}

function addPlace(content: GrowingContent, feature: SiteFeature): SiteFileFault[] {
  const { properties: facts, geometry } = feature;
  if (geometry.type !== "Point") {
    return [geometryFault(facts.id, "a Point for a site or resource", geometry.type)];
  }
  const [lngDeg, latDeg] = geometry.coordinates;
  const position = { latDeg, lngDeg };
  if (facts.role === "site") {
    const { id, name, groundAmslM } = facts;
    content.sites.push({ id, name, centre: position, groundAmslM, status: "open" });
  } else if (facts.role === "resource") {
    const { id, siteId, kind, name, surfaceAmslM, confidence } = facts;
    content.resources.push({ id, siteId, kind, name, position, surfaceAmslM, confidence });
  }
  return [];
}

function footprintOf(feature: SiteFeature): Footprint | SiteFileFault {
  const { properties: facts, geometry } = feature;
  const radiusM = "radiusM" in facts ? facts.radiusM : undefined;
  if (geometry.type === "Polygon") {
    if (radiusM === undefined) return { kind: "polygon", polygon: geometry };
    return geometryFault(facts.id, "no radiusM on a Polygon", String(radiusM));
  }
  if (radiusM === undefined) return geometryFault(facts.id, "radiusM on a Point", "none");
  const [lngDeg, latDeg] = geometry.coordinates;
  return { kind: "circle", centre: { latDeg, lngDeg }, radiusM };
}

function geometryFault(feature: string, expected: string, found: string): SiteFileFault {
  return { feature, path: "geometry", expected, found };
}

function toMs(iso: string | null): number | null {
  return iso === null ? null : Date.parse(iso);
}

function featureLabel(raw: unknown, index: number): string {
  const named = namedFeatureSchema.safeParse(raw);
  return named.success ? named.data.properties.id : `feature ${String(index)}`;
}

function issuesToFaults(
  feature: string,
  issues: Parameters<typeof inputFaults>[0],
  raw: unknown,
): SiteFileFault[] {
  return inputFaults(issues, raw).map((fault) => ({
    feature,
    ...vertexOf(fault.path.split(".")),
    ...fault,
  }));
}

/** The vertex's place in its ring, where the path leads into a Polygon's coordinates. */
function vertexOf(path: readonly string[]): { vertex?: number } {
  const at = path.indexOf("coordinates");
  const vertex = path[at + 2];
  return at >= 0 && /^\d+$/.test(vertex ?? "") ? { vertex: Number(vertex) } : {};
}
