// People, their organisation and what they may do.
import { z } from "zod";

export const roleSchema = z.enum(["operator", "controller", "pilot", "admin"]);
export type Role = z.infer<typeof roleSchema>;

export const signInSchema = z.strictObject({
  email: z.string().trim().min(3).max(200),
  password: z.string().min(1).max(200),
});

/** Who is signed in, as GET and POST /api/v1/session answer. */
export const personSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  organisationId: z.string(),
  organisationName: z.string(),
  phone: z.string(),
});
export type Person = z.infer<typeof personSchema>;

/** A pilot that a booking may name. */
export const pilotSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  organisationId: z.string(),
  phone: z.string(),
});
export type Pilot = z.infer<typeof pilotSchema>;
