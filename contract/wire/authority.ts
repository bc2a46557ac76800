// Who may command a drone now: one holder, the booking's crew unless somebody asked, was granted,
// or took over. Everything that changes it is a human act with a name and a number.
import { z } from "zod";
import { roleSchema } from "./account.ts";
import { lineOfText } from "./plain-text.ts";

const whoSchema = z.strictObject({ userId: z.string(), name: z.string() });

/** A person asks the holder for authority; after this the question has lapsed. */
export const authorityRequestValidMs = 2 * 60_000;

/** Why the site took over, in the controller's words. */
export const takeOverReasonSchema = lineOfText(3, 200);

export const authorityHolderSchema = z.discriminatedUnion("kind", [
  /** The operators of the drone's organisation, and the pilots whom its booking names, if any. */
  z.strictObject({ kind: z.literal("crew"), pilotName: z.string().nullable() }),
  z.strictObject({ kind: z.literal("person"), ...whoSchema.shape, role: roleSchema }),
  /** A drone that nobody registered. */
  z.strictObject({ kind: z.literal("nobody") }),
]);
export type AuthorityHolder = z.infer<typeof authorityHolderSchema>;

/**
 * May the asking person command? "callPilot": the site's people may not, as the booking says, or
 * because there is none that allows it. "notHolder": somebody else holds authority.
 */
export const commandRightSchema = z.enum(["yes", "notHolder", "callPilot"]);
export type CommandRight = z.infer<typeof commandRightSchema>;

/** Authority over one drone, as the asking person finds it. */
export const authoritySchema = z.strictObject({
  sessionId: z.string(),
  /** Empty where nobody registered it. */
  vehicleName: z.string(),
  bookingId: z.string().nullable(),
  bookingTitle: z.string().nullable(),
  /** Whom to call; null without a booking. */
  contactPhone: z.string().nullable(),
  pilotName: z.string().nullable(),
  holder: authorityHolderSchema,
  /** Since when a person holds it, and why where it was taken over. */
  sinceMs: z.number().nullable(),
  reason: z.string().nullable(),
  /** Who asks for it. */
  request: whoSchema.extend({ atMs: z.number() }).nullable(),
  you: z.strictObject({
    command: commandRightSchema,
    request: z.boolean(),
    grant: z.boolean(),
    takeOver: z.boolean(),
    giveBack: z.boolean(),
  }),
});
export type Authority = z.infer<typeof authoritySchema>;

/** POST /api/v1/authority/{sessionId}/take-over. */
export const takeOverSchema = z.strictObject({ reason: takeOverReasonSchema });
