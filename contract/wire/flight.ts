// A flight: a span of a session's record from arming to disarming, bound to a booking or not.
import { z } from "zod";

/** How the flight stands to the bookings (design, section 3); byHand: a controller bound it. */
export const bindingSchema = z.strictObject({
  kind: z.enum(["booked", "early", "late", "byHand", "wrongDrone", "unbooked"]),
  bookingId: z.string().nullable(),
  /** False: bound by hand to a booking that does not name the aircraft. */
  namesAircraft: z.boolean().optional(),
  /** Of wrongDrone: whose booking that is. Kept between our processes; pages do not get it. */
  enteredOrganisationId: z.string().optional(),
});
export type Binding = z.infer<typeof bindingSchema>;

export const conformanceStateSchema = z.enum(["conforming", "nonconforming", "contingent"]);
export type ConformanceState = z.infer<typeof conformanceStateSchema>;

/** What the ingest process counted while it flew. */
export const flightFiguresSchema = z.strictObject({
  samples: z.number().int(),
  maxAltitudeAmslM: z.number().nullable(),
  maxAltitudeAboveHomeM: z.number().nullable(),
  maxGroundSpeedMps: z.number().nullable(),
  distanceM: z.number(),
});
export type FlightFigures = z.infer<typeof flightFiguresSchema>;

/**
 * What ends a session: a new boot, silence of a disarmed drone, a controller; a twin turned out to
 * be the first sender's second link; or its record could not be read after a restart of ours.
 */
export const sessionEndSchema = z.enum([
  "rebooted",
  "silent",
  "sameVehicle",
  "closedByController",
  "recordUnreadable",
]);
export type SessionEnd = z.infer<typeof sessionEndSchema>;

export const flightSchema = z.strictObject({
  id: z.string(),
  sessionId: z.string(),
  /**
   * flying: armed; landed: disarmed and playable; sealed: its log has a hash and is final; lost:
   * the journal was cut before it, and tells nothing more of it.
   */
  state: z.enum(["flying", "landed", "sealed", "lost"]),
  endedWithoutDisarming: z.boolean(),
  /**
   * Disarming, or what ended the session of a drone that was still armed; recordLost: how it ended
   * is not known, for the journal was cut; null while it flies, and where an older one is silent.
   */
  endedBy: z.enum(["disarmed", "recordLost", ...sessionEndSchema.options]).nullable(),
  vehicleKey: z.string(),
  sysid: z.number(),
  aircraftId: z.string().nullable(),
  /** Empty where nobody registered it. */
  aircraftName: z.string(),
  organisationId: z.string().nullable(),
  binding: bindingSchema,
  bookingTitle: z.string().nullable(),
  siteId: z.string().nullable(),
  armedAtMs: z.number(),
  disarmedAtMs: z.number().nullable(),
  sealedAtMs: z.number().nullable(),
  sha256: z.string().nullable(),
  logBytes: z.number().nullable(),
  figures: flightFiguresSchema.nullable(),
  alarmCount: z.number().int(),
});
export type Flight = z.infer<typeof flightSchema>;

/** GET /api/v1/flights/{id}/track: columns of equal length; heading NaN is null. */
export const trackColumnsSchema = z.strictObject({
  /** Which clock `timeMs` is: when the datagram reached the server. */
  clock: z.literal("receipt"),
  timeMs: z.array(z.number()),
  latDeg: z.array(z.number()),
  lngDeg: z.array(z.number()),
  altitudeAmslM: z.array(z.number()),
  altitudeAboveHomeM: z.array(z.number()),
  groundSpeedMps: z.array(z.number()),
  climbMps: z.array(z.number()),
  headingDeg: z.array(z.number().nullable()),
  modeName: z.array(z.string()),
  /** Spans of more than 2 s without a position: drawn as gaps. */
  gaps: z.array(z.strictObject({ fromMs: z.number(), toMs: z.number() })),
});
export type TrackColumns = z.infer<typeof trackColumnsSchema>;
