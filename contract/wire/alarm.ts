// Alarms. Ingest owns the condition (raised, worse, returned); people own the rest (acknowledged).
// What is shown is one pure function of both: server/domain/flight/alarm.ts.
import { z } from "zod";
import { positionSchema } from "./geometry.ts";
import { altitudeReferenceSchema } from "./altitude.ts";
import { bilingualSchema } from "./site.ts";

/** One alarm per cause. The page makes the texts from kind and figures, in the reader's words. */
export const alarmKindSchema = z.enum([
  /** Outside the booked volume sideways. */
  "volumeLateral",
  /** Above the booked volume. */
  "volumeCeiling",
  /** Below the booked volume. */
  "volumeFloor",
  /** Outside every operating area of the airspace. */
  "operatingArea",
  /** Inside a keep-out zone. */
  "keepOut",
  /** Above a height limit that no permission lifts. */
  "heightLimit",
  /** No telemetry from an armed drone. */
  "linkLost",
  /** Samples reach us too late to judge: while it stands the airspace is not watched. */
  "telemetryLate",
  /** An armed drone is heard but tells no position: while it stands the airspace is not watched. */
  "positionLost",
  /** Armed with no booking. */
  "unbooked",
  /** Armed inside another's active volume. */
  "wrongDrone",
  /** Still armed after the booking's end. */
  "overrun",
  /** Two senders with one system id at the same time. */
  "duplicateSysid",
  /** Frames that say they are the vehicle's, but whose signatures are not. */
  "signatureRefused",
  /** A registered system id, but not the autopilot that is registered with it. */
  "wrongAutopilot",
  /** An order to come home, land or hold went out, and the drone in the air has not answered. */
  "orderUnanswered",
  /** One source sends far more than any drone does; the drones are watched on. */
  "linkFlooded",
]);
export type AlarmKind = z.infer<typeof alarmKindSchema>;

export const alarmPrioritySchema = z.enum(["emergency", "high", "low"]);
export type AlarmPriority = z.infer<typeof alarmPrioritySchema>;

/** Where and how high the drone was when the alarm was raised or was worst. */
export const alarmPlaceSchema = z.strictObject({
  position: positionSchema,
  altitudeAmslM: z.number(),
  altitudeAboveHomeM: z.number(),
  /** How far beyond the limit, metres; null where it has no measure. */
  excessM: z.number().nullable(),
});

export type AlarmPlace = z.infer<typeof alarmPlaceSchema>;

/** The half that ingest owns. The whole condition is journalled at every change. */
export const alarmConditionSchema = z.strictObject({
  id: z.string(),
  kind: alarmKindSchema,
  priority: alarmPrioritySchema,
  state: z.enum(["standing", "returned"]),
  vehicleKey: z.string(),
  /** Empty where nobody registered it. */
  vehicleName: z.string(),
  /** 0 with an empty vehicleKey: whose booking was entered is not told which drone it was. */
  sysid: z.number(),
  flightId: z.string().nullable(),
  /**
   * The flight's own booking; of wrongDrone the one that was entered, whose pilot is to be called.
   * Null for readers who may not see that one.
   */
  bookingId: z.string().nullable(),
  bookingTitle: z.string().nullable(),
  organisationId: z.string().nullable(),
  contactPhone: z.string().nullable(),
  pilotName: z.string().nullable(),
  /** Of wrongDrone: whose booking was entered. Kept between our processes; pages do not get it. */
  enteredOrganisationId: z.string().optional(),
  siteId: z.string().nullable(),
  /** The zone or volume concerned. */
  zoneId: z.string().nullable(),
  zoneName: bilingualSchema.nullable(),
  /** The limit that was passed, in its own datum; null where it is sideways. */
  limit: z.strictObject({ reference: altitudeReferenceSchema, valueM: z.number() }).nullable(),
  raisedAtMs: z.number(),
  /** Last time it was raised or re-opened. */
  lastRaisedAtMs: z.number(),
  returnedAtMs: z.number().nullable(),
  /** Why it is over where its cause did not go: the journal lost what it told of it. */
  endedBy: z.literal("recordLost").optional(),
  /** How often it was raised: leaving again within 60 s re-opens the same alarm. */
  count: z.number().int().positive(),
  /** True where the last change made it worse than when it was acknowledged. */
  worse: z.boolean(),
  /** When it last became clearly worse. */
  worsenedAtMs: z.number().nullable(),
  /** How often it became clearly worse; an acknowledgement of fewer times no longer holds. */
  worsenedCount: z.number().int().nonnegative().default(0),
  first: alarmPlaceSchema.nullable(),
  worst: alarmPlaceSchema.nullable(),
  /** The plan of zones and bookings it was judged by. */
  planVersion: z.number().int(),
});
export type AlarmCondition = z.infer<typeof alarmConditionSchema>;

/** What somebody who acknowledges has seen; without it, what the server shows at that moment. */
export const acknowledgeRequestSchema = z.strictObject({
  seenWorsenedCount: z.number().int().nonnegative().optional(),
});

/** The shown alarm: the condition and what people did with it. */
export const alarmSchema = z.strictObject({
  condition: alarmConditionSchema,
  acknowledgement: z
    .strictObject({
      atMs: z.number(),
      byUserId: z.string(),
      byName: z.string(),
      /** The condition's `worsenedCount` that was seen; null where only the time was kept. */
      seenWorsenedCount: z.number().int().nullable(),
    })
    .nullable(),
  /** ISA-18.2: needs eyes, is known, ended unseen, over. */
  shown: z.enum(["unacknowledged", "acknowledged", "returnedUnacknowledged", "cleared"]),
  /** Journal number of the condition; ascending per ingest node. */
  journalNumber: z.number().int(),
  /** Database event number of the last human act, 0 where there is none. */
  eventNumber: z.number().int(),
});
export type Alarm = z.infer<typeof alarmSchema>;
