// A test site: its place, its ground level, what can be booked on it.
import { z } from "zod";
import { footprintSchema, positionSchema } from "./geometry.ts";
import { altitudeBandSchema } from "./altitude.ts";

/** A name in the two languages of the pages. */
export const bilingualSchema = z.strictObject({
  en: z.string().min(1).max(200),
  zhHant: z.string().min(1).max(200),
});
export type Bilingual = z.infer<typeof bilingualSchema>;

/** How well a place or limit is known; an estimate is drawn as one until an admin confirms it. */
export const confidenceSchema = z.enum(["surveyed", "mapped", "estimate"]);

/** The range flag: nothing new takes off on hold; closed sites take no bookings. */
export const siteStatusSchema = z.enum(["open", "hold", "closed"]);

/** A flight volume the site keeps ready for booking. */
export const preparedVolumeSchema = z.strictObject({
  id: z.string(),
  name: bilingualSchema,
  footprint: footprintSchema,
  band: altitudeBandSchema,
  source: z.string(),
  confidence: confidenceSchema,
});
export type PreparedVolume = z.infer<typeof preparedVolumeSchema>;

export const siteSchema = z.strictObject({
  id: z.string(),
  name: bilingualSchema,
  centre: positionSchema,
  /** Height of the ground that AGL is measured from where there is no terrain grid. */
  groundAmslM: z.number(),
  status: siteStatusSchema,
  preparedVolumes: z.array(preparedVolumeSchema),
});
export type Site = z.infer<typeof siteSchema>;

export const resourceKindSchema = z.enum(["pad", "chargingBay", "landingStation"]);

/** One bookable thing on the ground; exclusive to one booking at a time. */
export const resourceSchema = z.strictObject({
  id: z.string(),
  siteId: z.string(),
  kind: resourceKindSchema,
  name: bilingualSchema,
  position: positionSchema,
  /** Height of its surface: what "above home" is turned into AMSL by. */
  surfaceAmslM: z.number(),
  confidence: confidenceSchema,
});
export type Resource = z.infer<typeof resourceSchema>;
