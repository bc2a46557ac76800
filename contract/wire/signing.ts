// MAVLink 2 signing of one aircraft, as the API tells it. The key itself is in no answer, ever.
import { z } from "zod";
import { signingPolicySchema } from "./watch-plan.ts";

/** Where a key is from: made by the page, typed in, or made of a passphrase. */
export const signingKeyOriginSchema = z.enum(["generated", "entered", "passphrase"]);
export type SigningKeyOrigin = z.infer<typeof signingKeyOriginSchema>;

/** Longest passphrase, characters. */
export const passphraseLengthMax = 200;
/** Shortest one: who hears one signed frame may try passphrases on it at leisure. */
export const passphraseLengthMin = 12;

/** A key to be set: exactly one of `hex` (64 hexadecimal digits) and `passphrase`. */
export const signingKeyRequestSchema = z.union([
  z.strictObject({ hex: z.string(), generated: z.boolean().default(false) }),
  z.strictObject({ passphrase: z.string() }),
]);
export type SigningKeyRequest = z.input<typeof signingKeyRequestSchema>;

export const signingPolicyRequestSchema = z.strictObject({ policy: signingPolicySchema });

/** What ingest sees of it now. */
export const signingLiveSchema = z.strictObject({
  /** Its newest frames; `refused` where frames that say they are its are refused. */
  frames: z.enum(["verified", "unsigned", "notChecked", "refused", "notHeard"]),
  /** Armed, or it has not said that it is not. */
  mayBeArmed: z.boolean(),
  /** The newest sending of a key to the drone, or of switching signing off. */
  setup: z
    .strictObject({
      act: z.enum(["send", "disable"]),
      startedAtMs: z.number(),
      sends: z.number().int(),
      lastSentAtMs: z.number(),
      /** done: its frames show it. notSeen: they did not within ten seconds. */
      outcome: z.enum(["waiting", "done", "notSeen"]),
    })
    .nullable(),
});
export type SigningLive = z.infer<typeof signingLiveSchema>;

export const aircraftSigningSchema = z.strictObject({
  aircraftId: z.string(),
  policy: signingPolicySchema,
  /** Null: no key is set. */
  key: z.strictObject({ setAtMs: z.number(), origin: signingKeyOriginSchema }).nullable(),
  /** A key before it is accepted until the drone uses the new one. */
  hasKeyBefore: z.boolean(),
  /** Null: ingest is not reached. */
  live: signingLiveSchema.nullable(),
});
export type AircraftSigning = z.infer<typeof aircraftSigningSchema>;
