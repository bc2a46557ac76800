// Transfers of a fence, a mission or rally points to and from a drone, as pages ask for them and as
// they end. Carried out by ingest. https://mavlink.io/en/services/mission.html
import { z } from "zod";
import { commandedVehicleSchema, orderedBySchema } from "./command.ts";

export const missionTypeSchema = z.enum(["mission", "fence", "rally"]);

/** Items of one list, either way: more than an ArduPilot's store holds. */
export const missionItemsMax = 1_000;

/** The largest number that the wire's 32-bit floats hold; beyond it is infinity. */
const float32Max = 3.4028234663852886e38;
const float32Schema = z.number().min(-float32Max).max(float32Max);

/** MISSION_ITEM_INT without its addresses; null for a parameter that is the drone's own choice. */
export const missionItemSchema = z.strictObject({
  /** MAV_FRAME. */
  frame: z.number().int().min(0).max(255),
  /** MAV_CMD. */
  command: z.number().int().min(0).max(65_535),
  autocontinue: z.boolean().default(true),
  params: z.tuple([
    float32Schema.nullable(),
    float32Schema.nullable(),
    float32Schema.nullable(),
    float32Schema.nullable(),
  ]),
  /** Degrees times 1e7 in the global frames. */
  x: z.number().int().min(-2_147_483_648).max(2_147_483_647),
  y: z.number().int().min(-2_147_483_648).max(2_147_483_647),
  /** Metres in the frame's datum. */
  z: float32Schema,
});
export type WireMissionItem = z.infer<typeof missionItemSchema>;

/** What is to be transferred. The booking's fence is made by ingest from the plan it judges by. */
export const transferTaskSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("download"), missionType: missionTypeSchema }),
  z.strictObject({ kind: z.literal("clear"), missionType: missionTypeSchema }),
  z.strictObject({
    kind: z.literal("upload"),
    missionType: missionTypeSchema,
    items: z.array(missionItemSchema).max(missionItemsMax),
  }),
  z.strictObject({ kind: z.literal("uploadBookingFence") }),
]);
export type TransferTask = z.infer<typeof transferTaskSchema>;

/** Why a drone refused a transfer: MAV_MISSION_RESULT by name. */
export const missionRefusalSchema = z.enum([
  "error",
  "unsupportedFrame",
  "unsupported",
  "noSpace",
  "invalid",
  "invalidParameter",
  "invalidSequence",
  /** Another station's transfer is under way. */
  "denied",
  "cancelled",
  "other",
]);
export type MissionRefusal = z.infer<typeof missionRefusalSchema>;

/** Why a transfer was not begun. */
export const transferNotBegunSchema = z.enum([
  "unknownVehicle",
  "notHeard",
  "routeStale",
  "ambiguous",
  /** One transfer a vehicle at a time. */
  "busy",
  /** It changes what an armed drone flies by: to be confirmed a second time. */
  "armed",
  /** No booking of this flight, or one that no single fence stands for. */
  "noBookingFence",
  /** It reached the watch too late to be done. */
  "tooLate",
]);
export type TransferNotBegun = z.infer<typeof transferNotBegunSchema>;

const refusedAs = {
  refusal: missionRefusalSchema,
  /** MAV_MISSION_RESULT as it came. */
  code: z.number().int(),
};

/** An ArduPilot puts its own home in place of a mission's item 0: that item was not compared. */
const compared = { notCompared: z.literal("firstItemIsHome").optional() };

/** Exactly one of these ends every transfer. */
export const transferOutcomeSchema = z.discriminatedUnion("kind", [
  /**
   * Uploaded or cleared, and read back the same. Where the drone refused it, that is told: it may
   * have held the same before.
   */
  z.strictObject({
    kind: z.literal("stored"),
    refused: z.strictObject(refusedAs).optional(),
    ...compared,
  }),
  /** Taken by the drone, which gives something else back. */
  z.strictObject({
    kind: z.literal("differs"),
    differences: z.array(
      z.strictObject({
        seq: z.number().int(),
        field: z.string(),
        sent: z.number(),
        /** Null where the drone gives back no number. */
        found: z.number().nullable(),
      }),
    ),
    ...compared,
  }),
  z.strictObject({ kind: z.literal("downloaded") }),
  z.strictObject({ kind: z.literal("refused"), ...refusedAs }),
  /** The drone says that it holds more than is read: we stop, the drone has refused nothing. */
  z.strictObject({
    kind: z.literal("tooManyItems"),
    count: z.number().int(),
    countMax: z.number().int(),
  }),
  z.strictObject({
    kind: z.literal("notAcknowledged"),
    at: z.enum(["upload", "readBack", "download", "clear"]),
  }),
  /** By a person. */
  z.strictObject({ kind: z.literal("cancelled") }),
  /** Ingest ended before it did. */
  z.strictObject({ kind: z.literal("interrupted") }),
]);
export type TransferOutcome = z.infer<typeof transferOutcomeSchema>;

/** A transfer as ingest carries it out: journalled whole when it begins, ends, and is spoken of. */
export const transferSchema = z.strictObject({
  id: z.string(),
  vehicle: commandedVehicleSchema,
  kind: z.enum(["upload", "download", "clear"]),
  missionType: missionTypeSchema,
  /** Items to be sent; 0 for the others. */
  itemCount: z.number().int(),
  /** Confirmed a second time, the drone being armed. */
  whileArmed: z.boolean(),
  by: orderedBySchema,
  requestedAtMs: z.number(),
  revision: z.number().int().positive(),
  endedAtMs: z.number().nullable(),
  outcome: transferOutcomeSchema.nullable(),
  /** What the drone holds, where it was read. */
  items: z.array(missionItemSchema).nullable(),
  /** The drone's own words meanwhile. */
  texts: z.array(z.string()),
});
export type Transfer = z.infer<typeof transferSchema>;

/** Texts kept of one transfer. */
export const transferTextsMax = 10;

/** How the drone's fence stands to its booking, as last read in this session. */
export const fenceStateSchema = z.enum(["unknown", "none", "matching", "differing"]);
export type FenceState = z.infer<typeof fenceStateSchema>;

/**
 * Why that is not known: not read in this session yet, or asked for and not given; or there is no
 * one fence to compare it with, several volumes being more than an autopilot's fence can say.
 */
export const fenceUnknownSchema = z.enum(["notRead", "notGiven", "severalVolumes", "noBooking"]);
export type FenceUnknown = z.infer<typeof fenceUnknownSchema>;
