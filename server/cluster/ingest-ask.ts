// What the web process may ask of ingest over the pipe, one row of the table a kind, and what it is
// answered. Asked through IngestControl.ask; answered by server/ingest/answer-asks.ts.
import { z } from "zod";
import { signingLiveSchema } from "../../contract/wire/signing.ts";
import { orderAsks } from "./order-asks.ts";

const closeSession = {
  /** Ends a session that never returns. */
  ask: z.strictObject({
    kind: z.literal("closeSession"),
    sessionId: z.string(),
    /** Who asks; named in the journal. */
    byUserId: z.string(),
  }),
  answer: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("closed"),
      sessionId: z.string(),
      /** The flight that ended with it; null where none was open. */
      flightId: z.string().nullable(),
    }),
    /** Not open (any more); or its drone is still heard, or was heard too lately to be lost. */
    z.strictObject({
      kind: z.literal("refused"),
      reason: z.enum(["unknownSession", "stillHeard"]),
    }),
  ]),
  /** How long an answer is waited for, ms. */
  timeoutMs: 5_000,
};

const bindFlight = {
  /** Binds a flight, flying or ended, that has no booking or one that a person bound it to. */
  ask: z.strictObject({
    kind: z.literal("bindFlight"),
    flightId: z.string(),
    /** Null: the binding by hand is taken back. */
    bookingId: z.string().nullable(),
    /** The organisation of its aircraft; null where nobody is known to own it. */
    ownerId: z.string().nullable(),
    byUserId: z.string(),
  }),
  answer: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("bound"),
      flightId: z.string(),
      bookingId: z.string().nullable(),
    }),
    /**
     * Never journalled; has a booking of its own; no booking of the plan in force; it stands no
     * longer; its window is another time; it is another company's; there is nothing to take back.
     */
    z.strictObject({
      kind: z.literal("refused"),
      reason: z.enum([
        "unknownFlight",
        "alreadyBound",
        "unknownBooking",
        "bookingOver",
        "outsideWindow",
        "otherCompany",
        "notBoundByHand",
      ]),
    }),
  ]),
  timeoutMs: 5_000,
};

const setupSigning = {
  /** Gives a drone its newest key (SETUP_SIGNING), or switches its signing off. */
  ask: z.strictObject({
    kind: z.literal("setupSigning"),
    aircraftId: z.string(),
    act: z.enum(["send", "disable"]),
  }),
  answer: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("sent"), atMs: z.number() }),
    z.strictObject({
      kind: z.literal("refused"),
      reason: z.enum(["noKey", "notHeard", "ambiguous", "armed", "noStamp"]),
    }),
  ]),
  timeoutMs: 5_000,
};

const signingState = {
  ask: z.strictObject({ kind: z.literal("signingState"), aircraftId: z.string() }),
  answer: signingLiveSchema,
  timeoutMs: 2_000,
};

/** Every kind of ask: its schema, the schema of its answer, and how long that may take. */
export const ingestAsks = {
  closeSession,
  bindFlight,
  setupSigning,
  signingState,
  ...orderAsks,
};

export type AskKind = keyof typeof ingestAsks;
export type AskOf<K extends AskKind> = z.infer<(typeof ingestAsks)[K]["ask"]>;
export type AnswerOf<K extends AskKind> = z.infer<(typeof ingestAsks)[K]["answer"]>;
export type IngestAsk = { [K in AskKind]: AskOf<K> }[AskKind];

/**
 * Why there is no answer. `unreachable`: the pipe is down, or was cut meanwhile; `timedOut`: none
 * came in time. After either it may have been done all the same where `wasSent` is true. `busy`:
 * too many asks wait, nothing was done. `failed`: ingest could not answer; its log says why.
 */
export type NoAnswer =
  | { readonly kind: "unreachable"; readonly wasSent: boolean }
  | { readonly kind: "timedOut"; readonly wasSent: true }
  | { readonly kind: "busy" }
  | { readonly kind: "failed" };

/** Asks, and settles once: with the answer to this kind of ask, or why there is none. */
export type AskIngest = <A extends IngestAsk>(ask: A) => Promise<AnswerOf<A["kind"]> | NoAnswer>;

/** Ingest's side: one handler a kind. One that rejects is told as `failed`. */
export type AskHandlers = {
  readonly [K in AskKind]: (ask: AskOf<K>) => AnswerOf<K> | Promise<AnswerOf<K>>;
};

/** An ask on the pipe. Ids are the asking process's own and never used twice on a connection. */
export const askFrameSchema = z.strictObject({
  id: z.number().int().positive(),
  ask: z.discriminatedUnion("kind", [
    closeSession.ask,
    bindFlight.ask,
    setupSigning.ask,
    signingState.ask,
    orderAsks.command.ask,
    orderAsks.transfer.ask,
    orderAsks.cancelTransfer.ask,
  ]),
});

/** The reply to the ask of this id. */
export const replyFrameSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("answered"), id: z.number(), answer: z.unknown() }),
  z.strictObject({ kind: z.literal("busy"), id: z.number() }),
  z.strictObject({ kind: z.literal("failed"), id: z.number() }),
]);
export type ReplyFrame = z.infer<typeof replyFrameSchema>;

/** Asks that one web process may have unanswered at a time. */
export const waitingAsksMax = 64;
