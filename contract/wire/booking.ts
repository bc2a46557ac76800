// A booking: in ASTM F3548 words an operational intent. What is asked for, and what stands.
import { z } from "zod";
import { altitudeBandSchema, amslEnvelopeSchema } from "./altitude.ts";
import { circleFootprintSchema, footprintSchema, polygonFootprintSchema } from "./geometry.ts";
import { telemetryKindSchema } from "./aircraft.ts";
import { lineOfText, linesOfText } from "./plain-text.ts";

export const bookingStateSchema = z.enum([
  "draft",
  "requested",
  "accepted",
  "activated",
  "nonconforming",
  "contingent",
  "ended",
  "withdrawn",
  "rejected",
  "no-show",
]);
export type BookingState = z.infer<typeof bookingStateSchema>;

/** States that hold airspace and allocations. */
export const holdingStates: readonly BookingState[] = [
  "accepted",
  "activated",
  "nonconforming",
  "contingent",
];

/** Longest list of each kind on one booking. */
export const bookingVolumesMax = 10;
export const bookingAircraftMax = 20;
export const bookingResourcesMax = 20;

/** Shortest booking, in ms: below it nothing can take off and land. */
export const bookingDurationMsMin = 60_000;

/** One of the site's prepared volumes by id, a circle, or a polygon; a band with its datum. */
export const volumeRequestSchema = z.strictObject({
  footprint: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("prepared"), volumeId: z.string() }),
    circleFootprintSchema,
    polygonFootprintSchema,
  ]),
  /** Left out: the prepared volume's own band. Needed for circles and polygons. */
  band: altitudeBandSchema.optional(),
});

/** A permission that lifts a limit, with the authority's reference. */
export const permissionSchema = z.strictObject({
  kind: z.enum(["height"]),
  reference: lineOfText(1, 120),
  /** The height above ground it allows instead of the site's limit. */
  heightLimitAglM: z.number().positive().max(5000),
});
export type Permission = z.infer<typeof permissionSchema>;

export const purposeSchema = z.enum([
  "logistics",
  "inspection",
  "survey",
  "training",
  "emergency",
  "passenger",
  "infrastructure",
  "other",
]);

const epochMs = z.number().int().min(0).max(4_102_444_800_000);

export const bookingRequestSchema = z
  .strictObject({
    siteId: z.string(),
    title: lineOfText(1, 120),
    purpose: purposeSchema.default("other"),
    /** Half-open [startMs, endMs), epoch ms UTC. */
    startMs: epochMs,
    endMs: epochMs,
    volumes: z.array(volumeRequestSchema).min(1).max(bookingVolumesMax),
    aircraftIds: z.array(z.string()).min(1).max(bookingAircraftMax),
    /** The first is the pilot in command. */
    pilotIds: z.array(z.string()).min(1).max(20),
    /** The pilot in command's phone during the flight, shown in every alarm. */
    contactPhone: lineOfText(3, 40),
    /** Pads, charging bays, landing stations. */
    resourceIds: z.array(z.string()).max(bookingResourcesMax).default([]),
    permissions: z.array(permissionSchema).max(10).default([]),
    siteMayCommand: z.boolean().default(true),
    notes: linesOfText(2000).default(""),
    draft: z.boolean().default(false),
  })
  .refine((request) => request.endMs - request.startMs >= bookingDurationMsMin, {
    path: ["endMs"],
    message: "an end at least one minute after the start",
  });
export type BookingRequest = z.infer<typeof bookingRequestSchema>;
/** What a client sends: defaults may be left out. */
export type BookingRequestInput = z.input<typeof bookingRequestSchema>;

export const bookingVolumeSchema = z.strictObject({
  label: z.string(),
  footprint: footprintSchema,
  /** As asked; conformance uses it where the drone reports that datum. */
  band: altitudeBandSchema,
  /** By which conflicts are decided. */
  envelope: amslEnvelopeSchema,
});
export type BookingVolume = z.infer<typeof bookingVolumeSchema>;

export const bookingSchema = z.strictObject({
  id: z.string(),
  /** Raised by every change; the ETag is `"<version>"`. */
  version: z.number().int().positive(),
  state: bookingStateSchema,
  organisationId: z.string(),
  organisationName: z.string(),
  siteId: z.string(),
  title: z.string(),
  purpose: purposeSchema,
  startMs: z.number(),
  endMs: z.number(),
  volumes: z.array(bookingVolumeSchema),
  aircraft: z.array(z.strictObject({ id: z.string(), name: z.string(), sysid: z.number() })),
  pilots: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  contactPhone: z.string(),
  resources: z.array(z.strictObject({ id: z.string(), kind: z.string(), name: z.string() })),
  permissions: z.array(permissionSchema),
  siteMayCommand: z.boolean(),
  telemetry: telemetryKindSchema,
  notes: z.string(),
  /** True once ingest has acknowledged the plan that holds this booking as it now stands. */
  inForce: z.boolean(),
  /** Its drones in the air now, armed to disarmed; 0 while activated: between flights. */
  dronesFlying: z.number().int().nonnegative(),
  createdAtMs: z.number(),
  history: z.array(
    z.strictObject({
      atMs: z.number(),
      from: bookingStateSchema.nullable(),
      to: bookingStateSchema,
      byName: z.string(),
      reason: z.string(),
    }),
  ),
});
export type Booking = z.infer<typeof bookingSchema>;
/** What people who may not see a booking still see of it: that the time and place are taken. */
export const slotSchema = z.strictObject({
  siteId: z.string(),
  startMs: z.number(),
  endMs: z.number(),
  volumes: z.array(z.strictObject({ footprint: footprintSchema, envelope: amslEnvelopeSchema })),
  resourceIds: z.array(z.string()),
});
export type Slot = z.infer<typeof slotSchema>;
