// What is known of each vehicle beside its position: sent on change, at most once a second.
import { z } from "zod";
import { bindingSchema, conformanceStateSchema } from "./flight.ts";

/** By age of the autopilot's heartbeat: live to 3 s, stale to 4.5 s, lost to 60 s, gone. */
export const linkStateSchema = z.enum(["live", "stale", "lost", "gone"]);
export type LinkState = z.infer<typeof linkStateSchema>;

export const vehicleStatusSchema = z.strictObject({
  /** Number of the vehicle in the binary snapshots of this ingest run, 0..65535. */
  liveId: z.number().int(),
  vehicleKey: z.string(),
  sysid: z.number(),
  sessionId: z.string(),
  /** Null for drones nobody registered: shown as unknown. */
  aircraftId: z.string().nullable(),
  name: z.string(),
  organisationId: z.string().nullable(),
  modeName: z.string(),
  armed: z.boolean(),
  landedState: z.string(),
  batteryPercent: z.number().nullable(),
  batteryV: z.number().nullable(),
  fixType: z.number().nullable(),
  satellites: z.number().nullable(),
  link: linkStateSchema,
  /**
   * Its newest frame was signed with its key, or not signed; or frames that say they are its are
   * refused. Absent: signatures are not looked at.
   */
  signing: z.enum(["verified", "unsigned", "refused"]).optional(),
  lastHeartbeatAtMs: z.number(),
  lastText: z.strictObject({ severity: z.number(), text: z.string() }).nullable(),
  flightId: z.string().nullable(),
  binding: bindingSchema.nullable(),
  bookingTitle: z.string().nullable(),
  conformance: conformanceStateSchema.nullable(),
});
export type VehicleStatus = z.infer<typeof vehicleStatusSchema>;

/** Counters of one link: (listener, remote address and port). */
export const linkCountersSchema = z.strictObject({
  listener: z.string(),
  remote: z.string(),
  sysids: z.array(z.number()),
  received: z.number().int(),
  decoded: z.number().int(),
  dropped: z.record(z.string(), z.number().int()),
  sequenceGaps: z.number().int(),
  /** Times a vehicle said that it boots again, too soon after the last to be followed. */
  rebootsRefused: z.number().int(),
  messages: z.record(z.string(), z.number().int()),
});
export type LinkCounters = z.infer<typeof linkCountersSchema>;
