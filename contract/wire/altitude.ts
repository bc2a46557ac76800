// Heights with the datum they are measured from. There is no bare altitude on the wire.
import { z } from "zod";

/**
 * AMSL: above mean sea level. AGL: above ground. ABOVE_HOME: above the take-off point.
 * WGS84: above the ellipsoid.
 */
export const altitudeReferenceSchema = z.enum(["AMSL", "AGL", "ABOVE_HOME", "WGS84"]);
export type AltitudeReference = z.infer<typeof altitudeReferenceSchema>;

const heightM = z.number().min(-500).max(10_000);

/** A band as asked for: from `lowerM` up to `upperM`, both from `reference`. */
export const altitudeBandSchema = z
  .strictObject({ reference: altitudeReferenceSchema, lowerM: heightM, upperM: heightM })
  .refine((band) => band.lowerM < band.upperM, {
    path: ["upperM"],
    message: "an upper limit above the lower limit",
  });
/** Lowest band that can be booked, top to bottom, metres: no drone holds its height better. */
export const bookedBandMMin = 2;
export type AltitudeBand = z.infer<typeof altitudeBandSchema>;

/** A limit that may be open on either side, as zones have. */
export const openAltitudeBandSchema = z.strictObject({
  reference: altitudeReferenceSchema,
  lowerM: heightM.nullable(),
  upperM: heightM.nullable(),
});
export type OpenAltitudeBand = z.infer<typeof openAltitudeBandSchema>;

/** The same band as an envelope above mean sea level, by which conflicts are decided. */
export const amslEnvelopeSchema = z.strictObject({ lowerAmslM: heightM, upperAmslM: heightM });
export type AmslEnvelope = z.infer<typeof amslEnvelopeSchema>;
