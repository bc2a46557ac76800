// The whole plan that ingest judges by: zones, bookings, resources, registry. The web process
// sends the newest whole plan after every change; ingest acknowledges its version, keeps it on
// disk and names it in every alarm.
import { z } from "zod";
import { zoneSchema } from "./zone.ts";
import { siteSchema, resourceSchema } from "./site.ts";
import { bookingStateSchema, bookingVolumeSchema, permissionSchema } from "./booking.ts";

export const plannedBookingSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  state: bookingStateSchema,
  organisationId: z.string(),
  siteId: z.string(),
  startMs: z.number(),
  endMs: z.number(),
  volumes: z.array(bookingVolumeSchema),
  aircraft: z.array(z.strictObject({ aircraftId: z.string(), sysid: z.number() })),
  /** The booked pads: home height, and where a floor above the ground is not judged within 30 m. */
  padIds: z.array(z.string()),
  permissions: z.array(permissionSchema),
  contactPhone: z.string(),
  pilotName: z.string(),
  siteMayCommand: z.boolean(),
});
export type PlannedBooking = z.infer<typeof plannedBookingSchema>;

/** required: nothing unsigned is believed; preferred: unsigned is, badly signed is not; off. */
export const signingPolicySchema = z.enum(["required", "preferred", "off"]);
export type SigningPolicy = z.infer<typeof signingPolicySchema>;

/** How an aircraft's frames are checked. Keys are encrypted: only ingest opens them. */
export const plannedSigningSchema = z.strictObject({
  policy: signingPolicySchema,
  /** The key, and until it is heard the one before it. */
  keys: z
    .array(
      z.strictObject({
        keyId: z.string(),
        /** As server/secret-box.ts writes it, about `signingKey ${keyId}`. */
        sealed: z.string(),
        /** No frame made with the key is older (epoch ms); 0 where that is not known. */
        sinceMs: z.number().int().nonnegative(),
      }),
    )
    .max(2),
});
export type PlannedSigning = z.infer<typeof plannedSigningSchema>;

export const registeredAircraftSchema = z.strictObject({
  aircraftId: z.string(),
  sysid: z.number(),
  name: z.string(),
  organisationId: z.string(),
  /** Absent: no key is set. */
  signing: plannedSigningSchema.optional(),
  /** Null: any autopilot with the system id is taken for it. */
  autopilotUid: z.string().nullish(),
});
export type RegisteredAircraft = z.infer<typeof registeredAircraftSchema>;

export const watchPlanSchema = z.strictObject({
  /** Raised in the transaction of any change to what the plan holds. */
  version: z.number().int().nonnegative(),
  sites: z.array(siteSchema),
  resources: z.array(resourceSchema),
  zones: z.array(zoneSchema),
  /**
   * Bookings that hold airspace until a week ahead, those that ended within 15 min, and in any
   * state those of flights that are not sealed.
   */
  bookings: z.array(plannedBookingSchema),
  registry: z.array(registeredAircraftSchema),
});
export type WatchPlan = z.infer<typeof watchPlanSchema>;

/** Before the web process has ever spoken: everything seen is unbooked. */
export const emptyWatchPlan: WatchPlan = {
  version: 0,
  sites: [],
  resources: [],
  zones: [],
  bookings: [],
  registry: [],
};
