// Sites, their resources and prepared volumes. Called by the sites routers, the seed and the plan.
import type { Knex } from "knex";
import type { PreparedVolume, Resource, Site } from "../../contract/wire/site.ts";
import type { Database } from "./database.ts";
import { raisePlanVersion } from "./plan-version.ts";
import type { SeededSite, SiteRepository, SiteSeed } from "./ports.ts";
import { appendZones, newestZones } from "./zone-versions.ts";

/** All sites of the seed share one airspace (design, decision 9). */
export const sharedAirspaceId = "airspace";

interface NameColumns {
  name_en: string;
  name_zh_hant: string;
}
export interface SiteRow extends NameColumns {
  id: string;
  airspace_id: string;
  centre_lat_deg: number;
  centre_lng_deg: number;
  ground_amsl_m: number;
  status: Site["status"];
  automatic_acceptance: number;
  version: number;
}
interface ResourceRow extends NameColumns {
  id: string;
  site_id: string;
  kind: Resource["kind"];
  lat_deg: number;
  lng_deg: number;
  surface_amsl_m: number;
  confidence: Resource["confidence"];
  ordinal: number;
}
interface VolumeRow extends NameColumns {
  id: string;
  site_id: string;
  footprint: string;
  band: string;
  source: string;
  confidence: PreparedVolume["confidence"];
  ordinal: number;
}

const nameOf = (row: NameColumns) => ({ en: row.name_en, zhHant: row.name_zh_hant });
const nameColumns = (name: Site["name"]): NameColumns => ({
  name_en: name.en,
  name_zh_hant: name.zhHant,
});

function volumeOf(row: VolumeRow): PreparedVolume {
  return {
    id: row.id,
    name: nameOf(row),
    footprint: JSON.parse(row.footprint) as PreparedVolume["footprint"],
    band: JSON.parse(row.band) as PreparedVolume["band"],
    source: row.source,
    confidence: row.confidence,
  };
}

function resourceOf(row: ResourceRow): Resource {
  return {
    id: row.id,
    siteId: row.site_id,
    kind: row.kind,
    name: nameOf(row),
    position: { latDeg: row.lat_deg, lngDeg: row.lng_deg },
    surfaceAmslM: row.surface_amsl_m,
    confidence: row.confidence,
  };
}

/** Sites as they stand, in the order they were seeded. */
export async function readSites(knex: Knex): Promise<Site[]> {
  const rows = await knex<SiteRow>("site").orderBy("ordinal");
  const volumes = await knex<VolumeRow>("prepared_volume").orderBy(["site_id", "ordinal"]);
  return rows.map((row) => ({
    id: row.id,
    name: nameOf(row),
    centre: { latDeg: row.centre_lat_deg, lngDeg: row.centre_lng_deg },
    groundAmslM: row.ground_amsl_m,
    status: row.status,
    preparedVolumes: volumes.filter((volume) => volume.site_id === row.id).map(volumeOf),
  }));
}

/** Resources of one site, or of all. */
export async function readResources(knex: Knex, siteId?: string): Promise<Resource[]> {
  const query = knex<ResourceRow>("resource").orderBy(["site_id", "ordinal"]);
  if (siteId !== undefined) void query.where({ site_id: siteId });
  return (await query).map(resourceOf);
}

async function writeSite(transaction: Knex.Transaction, site: SiteSeed): Promise<void> {
  await transaction("airspace").insert({ id: sharedAirspaceId }).onConflict("id").ignore();
  await transaction("site")
    .insert({
      id: site.id,
      airspace_id: sharedAirspaceId,
      ...nameColumns(site.name),
      centre_lat_deg: site.centre.latDeg,
      centre_lng_deg: site.centre.lngDeg,
      ground_amsl_m: site.groundAmslM,
      status: site.status,
      automatic_acceptance: true,
      ordinal: transaction.raw("(SELECT COALESCE(MAX(ordinal), 0) + 1 FROM site)"),
    })
    .onConflict("id")
    .merge(["name_en", "name_zh_hant", "centre_lat_deg", "centre_lng_deg", "ground_amsl_m"]);
  await transaction("site").where({ id: site.id }).increment("version", 1);
}

async function writeResources(
  transaction: Knex.Transaction,
  resources: readonly Resource[],
): Promise<void> {
  for (const [ordinal, resource] of resources.entries()) {
    await transaction("resource")
      .insert({
        id: resource.id,
        site_id: resource.siteId,
        kind: resource.kind,
        ...nameColumns(resource.name),
        lat_deg: resource.position.latDeg,
        lng_deg: resource.position.lngDeg,
        surface_amsl_m: resource.surfaceAmslM,
        confidence: resource.confidence,
        ordinal,
      })
      .onConflict("id")
      .merge();
  }
}

async function writeVolumes(
  transaction: Knex.Transaction,
  siteId: string,
  volumes: readonly PreparedVolume[],
): Promise<void> {
  // Bookings keep their own copy of an outline, so that these may go.
  await transaction("prepared_volume").where({ site_id: siteId }).delete();
  for (const [ordinal, volume] of volumes.entries()) {
    await transaction("prepared_volume").insert({
      id: volume.id,
      site_id: siteId,
      ...nameColumns(volume.name),
      footprint: JSON.stringify(volume.footprint),
      band: JSON.stringify(volume.band),
      source: volume.source,
      confidence: volume.confidence,
      ordinal,
    });
  }
}

async function writeAll(
  transaction: Knex.Transaction,
  { site, resources, preparedVolumes }: SeededSite,
): Promise<void> {
  await writeSite(transaction, site);
  await writeResources(transaction, resources);
  await writeVolumes(transaction, site.id, preparedVolumes);
  await raisePlanVersion(transaction);
}

export function createSiteRepository({ read, write }: Database): SiteRepository {
  return {
    async isEmpty() {
      return (await read<SiteRow>("site").first()) === undefined;
    },
    sites: () => readSites(read),
    resources: (siteId) => readResources(read, siteId),
    zones: () => newestZones(read),
    seed: (sites, zones, nowMs) =>
      write.transaction(async (transaction) => {
        for (const site of sites) await writeAll(transaction, site);
        await appendZones(transaction, sharedAirspaceId, zones, nowMs);
      }),
    appendZoneVersions: (zones, nowMs) =>
      write.transaction((transaction) => appendZones(transaction, sharedAirspaceId, zones, nowMs)),
  };
}
