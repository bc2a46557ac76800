// A site's GeoJSON files, as geofences/README.md describes them: what seeds an empty database.
import { z } from "zod";
import { altitudeBandSchema, openAltitudeBandSchema } from "./altitude.ts";
import { circleRadiusMMax, polygonSchema } from "./geometry.ts";
import { bilingualSchema, confidenceSchema, resourceKindSchema } from "./site.ts";
import { zoneKindSchema } from "./zone.ts";

/** Most features one file may hold. */
export const siteFileFeaturesMax = 5000;

/** WGS84 under the names that programs write for it, alone or as an OGC address. */
const wgs84Names = /^(.*[:/])?(OGC[:/][\d.]*[:/]CRS84|EPSG[:/]([\d.]*[:/])?4326|CRS84|WGS ?84)$/i;
const namedCrsSchema = z.object({ properties: z.object({ name: z.string().regex(wgs84Names) }) });
/** RFC 7946 has no such member; older files and programs write one, and mean it. */
const crs = z
  .unknown()
  .refine(
    (value) => namedCrsSchema.safeParse(value).success,
    "no crs, or one that names CRS84 (WGS84): coordinates are longitude and latitude on WGS84",
  )
  .optional();

const instant = z.iso.datetime().nullable();
const common = {
  id: z.string().regex(/^[a-z0-9_]{3,80}$/, "Small letters, figures and underscores."),
  name: bilingualSchema,
  source: z.string().min(1),
  confidence: confidenceSchema,
  validity: z.strictObject({ from: instant, until: instant }),
};
const properties = z.discriminatedUnion("role", [
  z.strictObject({ ...common, role: z.literal("site"), groundAmslM: z.number() }),
  z.strictObject({
    ...common,
    role: z.literal("resource"),
    siteId: z.string(),
    kind: resourceKindSchema,
    surfaceAmslM: z.number(),
  }),
  z.strictObject({
    ...common,
    role: z.literal("preparedVolume"),
    siteId: z.string(),
    band: altitudeBandSchema,
    radiusM: z.number().positive().max(circleRadiusMMax).optional(),
  }),
  z.strictObject({
    ...common,
    role: z.literal("zone"),
    kind: zoneKindSchema,
    band: openAltitudeBandSchema,
    radiusM: z.number().positive().max(circleRadiusMMax).optional(),
  }),
]);
const pointSchema = z.strictObject({
  type: z.literal("Point"),
  coordinates: z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]),
});
/** One feature of a site's file. */
export const siteFeatureSchema = z.object({
  type: z.literal("Feature"),
  crs,
  properties,
  geometry: z.discriminatedUnion("type", [pointSchema, polygonSchema]),
});
export type SiteFeature = z.infer<typeof siteFeatureSchema>;
/** The file as a whole; its features are read one by one, so that each fault names its own. */
export const siteCollectionSchema = z.object({
  type: z.literal("FeatureCollection"),
  crs,
  features: z.array(z.unknown()).max(siteFileFeaturesMax),
});

/** The id of a feature whose other properties may be wrong. */
export const namedFeatureSchema = z.object({ properties: z.object({ id: z.string() }) });
