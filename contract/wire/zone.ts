// An airspace zone: where drones must stay, must not go, or must stay below.
// Versions are append-only; a flight keeps the versions it was judged by.
import { z } from "zod";
import { footprintSchema } from "./geometry.ts";
import { openAltitudeBandSchema } from "./altitude.ts";
import { bilingualSchema, confidenceSchema } from "./site.ts";

/**
 * operatingArea: inclusion, every flight of the airspace stays inside one of them.
 * keepOut: exclusion within its band.
 * heightLimit: above its upper limit inside its footprint is a breach, unless permission lifts it.
 */
export const zoneKindSchema = z.enum(["operatingArea", "keepOut", "heightLimit"]);
export type ZoneKind = z.infer<typeof zoneKindSchema>;

export const zoneSchema = z.strictObject({
  id: z.string(),
  version: z.number().int().positive(),
  kind: zoneKindSchema,
  name: bilingualSchema,
  footprint: footprintSchema,
  band: openAltitudeBandSchema,
  /** Half-open [startMs, endMs), epoch ms UTC; null is without end on that side. */
  validity: z.strictObject({ startMs: z.number().nullable(), endMs: z.number().nullable() }),
  source: z.string(),
  confidence: confidenceSchema,
  /** SHA-256 (hex) of the canonical JSON of everything above. */
  sha256: z.string(),
  /** True once ingest judges by this version. */
  inForce: z.boolean(),
});
export type Zone = z.infer<typeof zoneSchema>;
