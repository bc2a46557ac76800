// Aircraft and ships that receivers on the drones hear (ADS-B, AIS), as they are told: ingest to
// web once a second, web to pages on change, and GET /api/v1/traffic.
import { z } from "zod";
import { positionSchema } from "./geometry.ts";

/**
 * What an aircraft's height is measured from. "QNH": its barometer, above mean sea level by the
 * pressure set; "GNSS": its satellite receiver, which does not say whether over ellipsoid or geoid;
 * "unknown": it does not say.
 */
export const trafficDatumSchema = z.enum(["QNH", "GNSS", "unknown"]);
export type TrafficDatum = z.infer<typeof trafficDatumSchema>;

const heardShape = {
  /** "icao:7CA1B2" or "mmsi:477123456". */
  key: z.string(),
  position: positionSchema,
  /** Course over ground, 0 <= course < 360. */
  courseDeg: z.number().nullable(),
  groundSpeedMps: z.number().nullable(),
  callsign: z.string().nullable(),
  /** Since the aircraft or ship was last heard, at sending. */
  ageMs: z.number(),
  /** Whose receiver heard it; null for those who may not see that drone, and once it has left. */
  heardBy: z
    .strictObject({
      sysid: z.number().int(),
      /** Empty where nobody registered it. */
      vehicleName: z.string(),
      organisationId: z.string().nullable(),
    })
    .nullable(),
};

/** One aircraft or ship: the newest that is known of it. */
export const trafficContactSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("aircraft"),
    ...heardShape,
    altitude: z.strictObject({ altitudeM: z.number(), datum: trafficDatumSchema }).nullable(),
    climbMps: z.number().nullable(),
    /** Four octal digits; 7500, 7600 and 7700 are emergencies. */
    squawk: z.string().nullable(),
    /** ADSB_EMITTER_TYPE, e.g. 7 is a rotorcraft. */
    emitterType: z.number().int(),
    /** Test data, as the receiver says itself. */
    isSimulated: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal("vessel"),
    ...heardShape,
    name: z.string().nullable(),
    /** Where the bow points, 0 <= heading < 360. */
    headingDeg: z.number().nullable(),
    /** AIS_TYPE, e.g. 60..69 are passenger ships. */
    vesselType: z.number().int(),
    lengthM: z.number().nullable(),
    beamM: z.number().nullable(),
  }),
]);
export type TrafficContact = z.infer<typeof trafficContactSchema>;

/** An aircraft transmits twice a second; one not heard for a minute is elsewhere. */
export const aircraftForgottenMs = 60_000;
/** A ship at anchor reports every three minutes. */
export const vesselForgottenMs = 7 * 60_000;

/** Most contacts told at a time, shared by those who hear them. */
export const trafficContactsMax = 1_000;
/** Most that are kept of one drone's receivers; beyond, what it hears anew is left out. */
export const trafficOfHearerMax = 250;
