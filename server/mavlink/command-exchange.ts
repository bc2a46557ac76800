// One command to one vehicle, from its first sending to exactly one end: accepted, rejected or not
// acknowledged; and whether the vehicle's heartbeat then shows it. Pure: what was heard and the
// time go in, what to send and to tell comes out. Driven by the command service of ingest.
// https://mavlink.io/en/services/command.html
import type { CommandOutcome, CommandRefusal } from "../../contract/wire/command.ts";
import type { CommandOrder, Expectation } from "./command-order.ts";
import type { StationMessage } from "./station-message.ts";
import { isAnswer, type SystemAddress } from "./system-address.ts";
import type { CommandAckMessage } from "./vehicle-message.ts";

/** From the first sending to "not acknowledged". */
export const answerWithinMs = 3_000;
/** Wait before a command that may be sent again is sent again. */
export const sendAgainAfterMs = 1_000;
/** Each "in progress" moves the end on by this… */
export const progressExtendsMs = 5_000;
/** …but never beyond this from the first sending. */
export const exchangeMsMax = 60_000;
/** An accepted command that no heartbeat shows by then stays unconfirmed. A heartbeat is 1 Hz. */
export const confirmWithinMs = 5_000;
/** Texts after a refusal that still belong to it: an ArduPilot sends its reasons behind its ack. */
export const reasonsWithinMs = 1_000;

export interface CommandExchange {
  readonly order: CommandOrder;
  readonly target: SystemAddress;
  readonly own: SystemAddress;
  readonly startedAtMs: number;
  readonly sends: number;
  readonly sentAtMs: number;
  /** When the present phase ends by silence. */
  readonly untilMs: number;
  /** "over": nothing more can come of it. */
  readonly phase: "asking" | "inProgress" | "confirming" | "reasons" | "over";
  readonly outcome: CommandOutcome | undefined;
  readonly confirmed: boolean;
  /** Its last heartbeat since the first sending shows what was ordered. */
  readonly isShown: boolean;
  /** As it did all along since before the first sending: without an answer that proves nothing. */
  readonly wasShown: boolean;
}

/** What comes out of an exchange, in order. */
export type CommandStep =
  | { readonly kind: "send"; readonly message: StationMessage; readonly attempt: number }
  | { readonly kind: "inProgress"; readonly progressPercent: number | null }
  /** Once in every exchange. */
  | { readonly kind: "ended"; readonly outcome: CommandOutcome }
  /** At most once: the heartbeat shows what was ordered. */
  | { readonly kind: "confirmed"; readonly modeName: string }
  /** The vehicle's own words about a refusal. */
  | { readonly kind: "reason"; readonly text: string };

/** What a heartbeat says of the state that orders are about. */
export interface ShownState {
  readonly armed: boolean;
  readonly customMode: number;
  readonly systemStatus: number;
}

/** What was heard of the vehicle's autopilot. */
export type CommandHeard =
  | CommandAckMessage
  | (ShownState & { readonly kind: "heartbeat"; readonly modeName: string })
  | { readonly kind: "statusText"; readonly text: string };

export interface Advanced {
  readonly exchange: CommandExchange;
  readonly steps: readonly CommandStep[];
}

const result = { accepted: 0, inProgress: 5 } as const; // MAV_RESULT
const stateActive = 4; // MAV_STATE_ACTIVE

/** MAV_RESULT by number. */
const refusals: Readonly<Record<number, CommandRefusal>> = {
  1: "temporarilyRejected",
  2: "denied",
  3: "unsupported",
  4: "failed",
  6: "cancelled",
  7: "wrongForm",
  8: "wrongForm",
  9: "wrongForm",
  10: "notInControl",
};

/**
 * Begins: the first step is the first sending.
 *
 * @param before The vehicle's last heartbeat, where one is known.
 */
export function startCommand(
  order: CommandOrder,
  { target, own }: Pick<CommandExchange, "target" | "own">,
  before: ShownState | undefined,
  nowMs: number,
): Advanced {
  const wasShown = before !== undefined && shows(before, order.expected);
  const exchange: CommandExchange = {
    order,
    target,
    own,
    startedAtMs: nowMs,
    sends: 0,
    sentAtMs: nowMs,
    untilMs: nowMs + answerWithinMs,
    phase: "asking",
    outcome: undefined,
    confirmed: false,
    isShown: false,
    wasShown,
  };
  return send(exchange, nowMs);
}

/** Nothing more is sent; what was sent may still be answered. */
export function stopSending(exchange: CommandExchange): CommandExchange {
  return { ...exchange, order: { ...exchange.order, sendsMax: exchange.sends } };
}

/** The vehicle's autopilot said something. */
export function commandHeard(
  exchange: CommandExchange,
  heard: CommandHeard,
  nowMs: number,
): Advanced {
  switch (heard.kind) {
    case "commandAck":
      return acknowledged(exchange, heard, nowMs);
    case "heartbeat":
      return shown(exchange, heard);
    case "statusText": {
      const isReason = exchange.phase === "reasons" && nowMs <= exchange.untilMs;
      return { exchange, steps: isReason ? [{ kind: "reason", text: heard.text }] : [] };
    }
  }
}

/** Time passed. Call it several times a second. */
export function commandTick(exchange: CommandExchange, nowMs: number): Advanced {
  const { phase, order, sends, sentAtMs, untilMs, confirmed } = exchange;
  if (phase === "over") return { exchange, steps: [] };
  if (nowMs >= untilMs) {
    if (phase === "confirming" || phase === "reasons") return over(exchange);
    const outcome: CommandOutcome = { kind: "notAcknowledged" };
    // A late heartbeat may still show that it was heard, whatever became of the answer.
    return end(exchange, outcome, confirmed ? "over" : "confirming", nowMs + confirmWithinMs);
  }
  const isDue = phase === "asking" && sends < order.sendsMax && !confirmed;
  return isDue && nowMs - sentAtMs >= sendAgainAfterMs
    ? send(exchange, nowMs)
    : { exchange, steps: [] };
}

function send(exchange: CommandExchange, nowMs: number): Advanced {
  const message = exchange.order.message(exchange.sends);
  const sends = exchange.sends + 1;
  return {
    exchange: { ...exchange, sends, sentAtMs: nowMs },
    steps: [{ kind: "send", message, attempt: sends }],
  };
}

function acknowledged(exchange: CommandExchange, ack: CommandAckMessage, nowMs: number): Advanced {
  const { order, target, own, phase, startedAtMs, confirmed, untilMs } = exchange;
  const isOpen = phase === "asking" || phase === "inProgress";
  const isOurs = ack.command === order.command && isAnswer(ack, target, own);
  if (!isOpen || !isOurs) return { exchange, steps: [] };
  if (ack.result === result.inProgress) {
    const latestMs = startedAtMs + exchangeMsMax;
    const movedMs = Math.min(latestMs, Math.max(untilMs, nowMs + progressExtendsMs));
    return {
      exchange: { ...exchange, phase: "inProgress", untilMs: movedMs },
      steps: [{ kind: "inProgress", progressPercent: ack.progressPercent }],
    };
  }
  if (ack.result === result.accepted) {
    const isDone = confirmed || order.expected.kind === "nothing";
    const next = isDone ? "over" : "confirming";
    return end(exchange, { kind: "accepted" }, next, nowMs + confirmWithinMs);
  }
  const refusal = refusals[ack.result] ?? "other";
  const outcome: CommandOutcome = { kind: "rejected", refusal, code: ack.result };
  return end(exchange, outcome, "reasons", nowMs + reasonsWithinMs);
}

/**
 * A heartbeat is evidence in any phase but after a refusal: the mode may be the pilot's doing. One
 * that shows what the vehicle did before the order is evidence only with an acceptance.
 */
function shown(
  exchange: CommandExchange,
  heartbeat: Extract<CommandHeard, { kind: "heartbeat" }>,
): Advanced {
  const { phase, confirmed, order, outcome } = exchange;
  const isShown = shows(heartbeat, order.expected);
  const wasShown = exchange.wasShown && isShown;
  const seen: CommandExchange = { ...exchange, isShown, wasShown };
  const isAwaited = !confirmed && phase !== "reasons" && phase !== "over";
  const isProof = isShown && (!wasShown || outcome?.kind === "accepted");
  if (!isAwaited || !isProof) return { exchange: seen, steps: [] };
  const next = phase === "confirming" ? "over" : phase;
  return {
    exchange: { ...seen, confirmed: true, phase: next },
    steps: [{ kind: "confirmed", modeName: heartbeat.modeName }],
  };
}

/** True where the heartbeat shows what was ordered. */
export function shows(heartbeat: ShownState, expected: Expectation): boolean {
  switch (expected.kind) {
    case "mode":
      return heartbeat.customMode === expected.customMode;
    case "armed":
      return heartbeat.armed === expected.armed;
    case "flying":
      return heartbeat.armed && heartbeat.systemStatus === stateActive;
    case "nothing":
      return false;
  }
}

function end(
  exchange: CommandExchange,
  outcome: CommandOutcome,
  phase: CommandExchange["phase"],
  untilMs: number,
): Advanced {
  return {
    exchange: { ...exchange, outcome, phase, untilMs },
    steps: [{ kind: "ended", outcome }],
  };
}

function over(exchange: CommandExchange): Advanced {
  return { exchange: { ...exchange, phase: "over" }, steps: [] };
}
