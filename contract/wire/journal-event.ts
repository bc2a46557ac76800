// The journal: every lasting thing that happened in the air, appended by ingest before it is sent.
// (node, number) is its identity and resume point; flights, alarms and booking states in the
// database are projections of it, and projecting twice changes nothing.
import { z } from "zod";
import { alarmConditionSchema } from "./alarm.ts";
import { commandSchema } from "./command.ts";
import {
  bindingSchema,
  conformanceStateSchema,
  flightFiguresSchema,
  sessionEndSchema,
} from "./flight.ts";
import { transferSchema } from "./mission.ts";

const sessionOpened = z.strictObject({
  kind: z.literal("sessionOpened"),
  sessionId: z.string(),
  vehicleKey: z.string(),
  sysid: z.number(),
  compid: z.number(),
  /** Receipt time of the first frame in its record. */
  startMs: z.number(),
});
const sessionClosed = z.strictObject({
  kind: z.literal("sessionClosed"),
  sessionId: z.string(),
  reason: sessionEndSchema,
  recordBytes: z.number(),
  /** The controller who closed it. */
  byUserId: z.string().optional(),
});
const flightStarted = z.strictObject({
  kind: z.literal("flightStarted"),
  flightId: z.string(),
  sessionId: z.string(),
  vehicleKey: z.string(),
  sysid: z.number(),
  aircraftId: z.string().nullable(),
  /** Empty where nobody registered it. */
  aircraftName: z.string(),
  organisationId: z.string().nullable(),
  binding: bindingSchema,
  bookingTitle: z.string().nullable(),
  /** The booking's site, else the site whose pad is nearest at arming, else null. */
  siteId: z.string().nullable(),
  armedAtMs: z.number(),
  planVersion: z.number().int(),
  /** The zone versions it is judged by. */
  zones: z.array(z.strictObject({ id: z.string(), version: z.number() })),
});
/**
 * A controller bound a flight that had no booking of its own, and from now on it is judged by that;
 * or took such a binding back.
 */
const flightBound = z.strictObject({
  kind: z.literal("flightBound"),
  flightId: z.string(),
  /** Kind byHand with the booking; as decided at arming where a binding by hand was taken back. */
  binding: bindingSchema,
  /** The booking that it was bound to by hand until now. */
  leftBookingId: z.string().optional(),
  bookingTitle: z.string().nullable(),
  /** The booking's, else the aircraft's: it may see the flight from now on. */
  organisationId: z.string().nullable(),
  byUserId: z.string(),
});
/** Disarmed: listed and playable from now. Sent again when arming within 60 s continued it. */
const flightLanded = z.strictObject({
  kind: z.literal("flightLanded"),
  flightId: z.string(),
  disarmedAtMs: z.number(),
  figures: flightFiguresSchema,
});
const flightContinued = z.strictObject({
  kind: z.literal("flightContinued"),
  flightId: z.string(),
  armedAtMs: z.number(),
});
const flightSealed = z.strictObject({
  kind: z.literal("flightSealed"),
  flightId: z.string(),
  sessionId: z.string(),
  /** The log is this half-open byte range of the session's record. */
  fromByte: z.number(),
  toByte: z.number(),
  /** SHA-256 (hex) of those bytes. */
  sha256: z.string(),
  endedWithoutDisarming: z.boolean(),
  /** What ended the session, where that ended the flight; absent in older journals. */
  endedBy: sessionEndSchema.optional(),
  figures: flightFiguresSchema,
});
const conformanceChanged = z.strictObject({
  kind: z.literal("conformanceChanged"),
  flightId: z.string(),
  bookingId: z.string(),
  state: conformanceStateSchema,
  /** The alarm kinds that stand, empty when conforming again. */
  causes: z.array(z.string()),
});
const alarmChanged = z.strictObject({
  kind: z.literal("alarmChanged"),
  condition: alarmConditionSchema,
});
/** A command was ordered, sent, answered or confirmed: the whole of it, newest revision wins. */
const commandChanged = z.strictObject({
  kind: z.literal("commandChanged"),
  command: commandSchema,
});
/** A transfer of a fence, mission or rally points began or ended. */
const transferChanged = z.strictObject({
  kind: z.literal("transferChanged"),
  transfer: transferSchema,
});

export const journalEventSchema = z.discriminatedUnion("kind", [
  sessionOpened,
  sessionClosed,
  flightStarted,
  flightBound,
  flightLanded,
  flightContinued,
  flightSealed,
  conformanceChanged,
  alarmChanged,
  commandChanged,
  transferChanged,
]);
export type JournalEvent = z.infer<typeof journalEventSchema>;

/** One line of the journal. Numbers start at 1 and have no gaps. */
export const journalEntrySchema = z.strictObject({
  node: z.string(),
  number: z.number().int().positive(),
  atMs: z.number(),
  event: journalEventSchema,
});
export type JournalEntry = z.infer<typeof journalEntrySchema>;

/** Where a reader of the journal is: it holds entries 1 to `number`, as they stood in `epoch`. */
export interface JournalPosition {
  /** Each opening of the journal has its own; empty for what is older than epochs. */
  readonly epoch: string;
  /** 0 before the first entry. */
  readonly number: number;
}
