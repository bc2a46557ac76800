// The asks by which the web process orders drones: commands and transfers. Rows of the table in
// ingest-ask.ts.
import { z } from "zod";
import {
  commandActionSchema,
  commandNotSentSchema,
  commandSchema,
  orderedBySchema,
} from "../../contract/wire/command.ts";
import {
  transferNotBegunSchema,
  transferSchema,
  transferTaskSchema,
} from "../../contract/wire/mission.ts";

/** A person waits for it: an order that reaches ingest later than this is not carried out. */
export const orderFreshMs = 3_000;

const order = {
  sessionId: z.string(),
  by: orderedBySchema,
  /** Epoch ms: when it is too late to do it. */
  notAfterMs: z.number(),
};

const command = {
  /** Sends a command to a drone; what becomes of it is told by the journal. */
  ask: z.strictObject({
    kind: z.literal("command"),
    ...order,
    commandId: z.string(),
    action: commandActionSchema,
  }),
  answer: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("sent"), command: commandSchema }),
    z.strictObject({ kind: z.literal("refused"), reason: commandNotSentSchema }),
  ]),
  timeoutMs: 5_000,
};

const transfer = {
  /** Begins a transfer of a fence, mission or rally points; the journal tells how it ends. */
  ask: z.strictObject({
    kind: z.literal("transfer"),
    ...order,
    transferId: z.string(),
    task: transferTaskSchema,
    evenArmed: z.boolean(),
  }),
  answer: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("begun"), transfer: transferSchema }),
    z.strictObject({ kind: z.literal("refused"), reason: transferNotBegunSchema }),
  ]),
  timeoutMs: 5_000,
};

const cancelTransfer = {
  ask: z.strictObject({ kind: z.literal("cancelTransfer"), transferId: z.string() }),
  answer: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("cancelled") }),
    /** It has ended already, or never began. */
    z.strictObject({ kind: z.literal("notOpen") }),
  ]),
  timeoutMs: 5_000,
};

export const orderAsks = { command, transfer, cancelTransfer };
