// Zone versions: appended, never changed. Called by the site repository and the watch plan.
import { createHash } from "node:crypto";
import type { Knex } from "knex";
import type { ZoneKind } from "../../contract/wire/zone.ts";
import type { ZoneRecord } from "../domain/airspace/zone-record.ts";
import { canonicalJson } from "./canonical-json.ts";
import { raisePlanVersion } from "./plan-version.ts";
import type { ZoneSeed } from "./ports.ts";

interface ZoneRow {
  id: string;
  version: number;
  airspace_id: string;
  kind: ZoneKind;
  name_en: string;
  name_zh_hant: string;
  footprint: string;
  band: string;
  valid_start_ms: number | null;
  valid_end_ms: number | null;
  source: string;
  confidence: ZoneRecord["confidence"];
  sha256: string;
  plan_version: number;
  created_at_ms: number;
}

function zoneOf(row: ZoneRow): ZoneRecord {
  return {
    id: row.id,
    version: row.version,
    kind: row.kind,
    name: { en: row.name_en, zhHant: row.name_zh_hant },
    footprint: JSON.parse(row.footprint) as ZoneRecord["footprint"],
    band: JSON.parse(row.band) as ZoneRecord["band"],
    validity: { startMs: row.valid_start_ms, endMs: row.valid_end_ms },
    source: row.source,
    confidence: row.confidence,
    sha256: row.sha256,
    planVersion: row.plan_version,
  };
}

/** The newest version of every zone, by id; of one airspace or of all. */
export async function newestZones(knex: Knex, airspaceId?: string): Promise<ZoneRecord[]> {
  const query = knex<ZoneRow>("zone_version as zone")
    .whereRaw("version = (SELECT MAX(version) FROM zone_version WHERE id = zone.id)")
    .orderBy("id");
  if (airspaceId !== undefined) void query.where({ airspace_id: airspaceId });
  return (await query).map(zoneOf);
}

/** SHA-256 (hex) of the canonical JSON of what the zone states, version included. */
function zoneSha256(zone: ZoneSeed, version: number): string {
  const { id, kind, name, footprint, band, validity, source, confidence } = zone;
  const stated = { id, version, kind, name, footprint, band, validity, source, confidence };
  return createHash("sha256").update(canonicalJson(stated)).digest("hex");
}

/** Appends what is new or changed, and raises the airspace's and the plan's version with it. */
export async function appendZones(
  transaction: Knex.Transaction,
  airspaceId: string,
  zones: readonly ZoneSeed[],
  nowMs: number,
): Promise<number> {
  const newest = new Map((await newestZones(transaction)).map((zone) => [zone.id, zone]));
  const changed = zones.filter((zone) => {
    const known = newest.get(zone.id);
    return known === undefined || known.sha256 !== zoneSha256(zone, known.version);
  });
  if (changed.length === 0) return 0;
  await transaction("airspace").insert({ id: airspaceId }).onConflict("id").ignore();
  await transaction("airspace").where({ id: airspaceId }).increment("version", 1);
  const planVersion = await raisePlanVersion(transaction);
  for (const zone of changed) {
    const version = (newest.get(zone.id)?.version ?? 0) + 1;
    await transaction<ZoneRow>("zone_version").insert({
      id: zone.id,
      version,
      airspace_id: airspaceId,
      kind: zone.kind,
      name_en: zone.name.en,
      name_zh_hant: zone.name.zhHant,
      footprint: JSON.stringify(zone.footprint),
      band: JSON.stringify(zone.band),
      valid_start_ms: zone.validity.startMs,
      valid_end_ms: zone.validity.endMs,
      source: zone.source,
      confidence: zone.confidence,
      sha256: zoneSha256(zone, version),
      plan_version: planVersion,
      created_at_ms: nowMs,
    });
  }
  return changed.length;
}
