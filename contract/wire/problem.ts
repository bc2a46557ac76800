// Every refusal, as RFC 9457 application/problem+json. The `errorId` is also in the log.
import { z } from "zod";

/** One thing wrong in what was sent: where, what was expected, what was found. */
export const faultSchema = z.strictObject({
  /** Path into the body, as "volumes.0.footprint.radiusM". */
  path: z.string(),
  expected: z.string(),
  found: z.string(),
});
export type Fault = z.infer<typeof faultSchema>;

/** What a booking collides with. Facts the asker may not see are left out, not masked. */
export const conflictSchema = z.strictObject({
  kind: z.enum(["airspace", "resource", "aircraft", "sysid"]),
  /** The thing held: resource, aircraft or volume name. */
  what: z.string(),
  resourceId: z.string().optional(),
  sysid: z.number().optional(),
  /** When it is held, half-open. */
  startMs: z.number(),
  endMs: z.number(),
  /** Only for people of the holder's organisation, controllers and admins. */
  bookingId: z.string().optional(),
  organisationName: z.string().optional(),
});
export type Conflict = z.infer<typeof conflictSchema>;

/** One rule's answer to a request. */
export const verdictSchema = z.strictObject({
  rule: z.string(),
  pass: z.boolean(),
  /** The numbers behind the answer, unit last in each name. */
  figures: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
});
export type Verdict = z.infer<typeof verdictSchema>;

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  errorId: z.string(),
  faults: z.array(faultSchema).optional(),
  conflicts: z.array(conflictSchema).optional(),
  verdicts: z.array(verdictSchema).optional(),
});
export type Problem = z.infer<typeof problemSchema>;
