// A registered aircraft ("vehicle" in the address of the collection). Its MAVLink system id is
// how telemetry is matched to it.
import { z } from "zod";
import { lineOfText } from "./plain-text.ts";

export const sysidSchema = z.number().int().min(1).max(255);

/** Ground stations use 255 by custom, and the server itself 245: no aircraft may be one of them. */
const registrableSysidSchema = sysidSchema.refine((sysid) => sysid !== 245 && sysid !== 255, {
  message: "a system id other than 245 and 255, which are ground stations",
});

/** `none`: the fleet does not speak MAVLink; bookings of it are not judged by telemetry. */
export const telemetryKindSchema = z.enum(["mavlink", "none"]);

/** What an autopilot calls itself (AUTOPILOT_VERSION): 16 hex digits of `uid` or 36 of `uid2`. */
export const autopilotUidSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(?:[0-9a-f]{16}|[0-9a-f]{36})$/, "expected 16 or 36 hex digits");

export const aircraftCreateSchema = z.strictObject({
  name: lineOfText(1, 80),
  model: lineOfText(0, 80).default(""),
  sysid: registrableSysidSchema,
  /** Take-off mass. Cap. 448G categories follow from it. */
  takeOffMassKg: z.number().positive().max(1000),
  /** The label of the eSUA registration, free text. */
  registrationLabel: lineOfText(0, 80).default(""),
  telemetry: telemetryKindSchema.default("mavlink"),
  /** Where it is set, a drone with the system id but another autopilot is not this aircraft. */
  autopilotUid: autopilotUidSchema.nullable().default(null),
  /** Admins name an organisation; everybody else's aircraft belong to their own. */
  organisationId: z.string().optional(),
});
export type AircraftCreate = z.infer<typeof aircraftCreateSchema>;

/** PATCH /api/v1/vehicles/{id}: what may change of a registered aircraft. */
export const aircraftChangeSchema = z.strictObject({
  autopilotUid: autopilotUidSchema.nullable(),
});

export const aircraftSchema = z.strictObject({
  id: z.string(),
  organisationId: z.string(),
  organisationName: z.string(),
  name: z.string(),
  model: z.string(),
  sysid: sysidSchema,
  takeOffMassKg: z.number(),
  registrationLabel: z.string(),
  telemetry: telemetryKindSchema,
  autopilotUid: z.string().nullable(),
});
export type Aircraft = z.infer<typeof aircraftSchema>;
