// What a person may order a drone to do, and how it ended. Asked over HTTP, carried out by ingest,
// written in the journal. https://mavlink.io/en/services/command.html
import { z } from "zod";
import { positionSchema } from "./geometry.ts";
import { lineOfText } from "./plain-text.ts";

/** Highest climb or flight that may be ordered, metres above home. */
const heightAboveHomeMMax = 500;

/** One order, in the words of the control room. Heights are metres above home. */
export const commandActionSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("returnHome") }),
  z.strictObject({ kind: z.literal("land") }),
  z.strictObject({ kind: z.literal("hold") }),
  z.strictObject({ kind: z.literal("arm") }),
  z.strictObject({ kind: z.literal("disarm") }),
  z.strictObject({
    kind: z.literal("takeOff"),
    heightAboveHomeM: z.number().positive().max(heightAboveHomeMMax),
  }),
  z.strictObject({
    kind: z.literal("goTo"),
    position: positionSchema,
    altitudeAboveHomeM: z.number().min(0).max(heightAboveHomeMMax),
  }),
  z.strictObject({ kind: z.literal("setMode"), modeName: lineOfText(1, 32) }),
  z.strictObject({ kind: z.literal("reboot") }),
]);
export type CommandAction = z.infer<typeof commandActionSchema>;

/** Why a drone said no: MAV_RESULT by name; "other" for a number that has none. */
export const commandRefusalSchema = z.enum([
  "temporarilyRejected",
  "denied",
  "unsupported",
  "failed",
  "cancelled",
  "wrongForm",
  "notInControl",
  "other",
]);
export type CommandRefusal = z.infer<typeof commandRefusalSchema>;

/** Exactly one of these ends every command that was sent. */
export const commandOutcomeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("accepted") }),
  z.strictObject({
    kind: z.literal("rejected"),
    refusal: commandRefusalSchema,
    /** MAV_RESULT as it came. */
    code: z.number().int(),
  }),
  z.strictObject({ kind: z.literal("notAcknowledged") }),
]);
export type CommandOutcome = z.infer<typeof commandOutcomeSchema>;

/** Why a command was not sent at all. */
export const commandNotSentSchema = z.enum([
  /** No open session of that id: the drone has left or booted again. */
  "unknownVehicle",
  /** Its autopilot is silent: nobody knows whether it would hear us. */
  "notHeard",
  /** Its last heartbeat is too old to trust the way to it. */
  "routeStale",
  /** Two senders have this system id: it could reach either. */
  "ambiguous",
  /** The same command is on its way already. */
  "busy",
  /** Its autopilot has no such mode or command, or is of a make we do not know. */
  "notForThisAutopilot",
  /** Heights above home cannot be told to it: it has not said where home is. */
  "homeUnknown",
  /** Only on the ground and disarmed. */
  "armed",
  /** It reached the watch too late to be done: whoever asked has been told that it was not. */
  "tooLate",
]);
export type CommandNotSent = z.infer<typeof commandNotSentSchema>;

/** Which drone, to people: as it stood when it was ordered. */
export const commandedVehicleSchema = z.strictObject({
  sessionId: z.string(),
  vehicleKey: z.string(),
  sysid: z.number().int(),
  /** Empty where nobody registered it. */
  vehicleName: z.string(),
  aircraftId: z.string().nullable(),
  organisationId: z.string().nullable(),
  flightId: z.string().nullable(),
  bookingId: z.string().nullable(),
  bookingTitle: z.string().nullable(),
});
export type CommandedVehicle = z.infer<typeof commandedVehicleSchema>;

/** Who ordered it. */
export const orderedBySchema = z.strictObject({ userId: z.string(), name: z.string() });
export type OrderedBy = z.infer<typeof orderedBySchema>;

/** One thing that happened to a command, in receipt time. */
export const commandEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("sent"), atMs: z.number(), attempt: z.number().int() }),
  /** Was due to be sent again, but the way to the drone is gone. */
  z.strictObject({ kind: z.literal("notSent"), atMs: z.number(), reason: commandNotSentSchema }),
  z.strictObject({
    kind: z.literal("inProgress"),
    atMs: z.number(),
    /** 0..100; null where the drone does not say. */
    progressPercent: z.number().nullable(),
  }),
  z.strictObject({ kind: z.literal("ended"), atMs: z.number(), outcome: commandOutcomeSchema }),
  /** Its heartbeat shows what was ordered. */
  z.strictObject({ kind: z.literal("confirmed"), atMs: z.number(), modeName: z.string() }),
  /** The drone's own words about a refusal. */
  z.strictObject({ kind: z.literal("reason"), atMs: z.number(), text: z.string() }),
  /** A later command took its place: it is not sent again. */
  z.strictObject({ kind: z.literal("superseded"), atMs: z.number() }),
  /** Ingest ended before it did; what became of it is not known. */
  z.strictObject({ kind: z.literal("interrupted"), atMs: z.number() }),
]);
export type CommandEvent = z.infer<typeof commandEventSchema>;

/** Most events of one command; what would be more is left out, ends never. */
export const commandEventsMax = 80;

/** A command as ingest carries it out: journalled whole at every change. */
export const commandSchema = z.strictObject({
  id: z.string(),
  vehicle: commandedVehicleSchema,
  action: commandActionSchema,
  by: orderedBySchema,
  requestedAtMs: z.number(),
  /** Raised at every change: the newest is the one. */
  revision: z.number().int().positive(),
  events: z.array(commandEventSchema),
  /** Null until it has ended. */
  outcome: commandOutcomeSchema.nullable(),
  confirmed: z.boolean(),
  /** Nothing more can come of it. */
  isOver: z.boolean(),
});
export type Command = z.infer<typeof commandSchema>;
