// One transfer of a fence, a mission or rally points: upload with read-back, download or clear, to
// exactly one end. Pure: what the vehicle said and the time go in, what to send and tell comes out.
// Driven by the command service of ingest. https://mavlink.io/en/services/mission.html
import { missionItemsMax, type MissionRefusal } from "../../contract/wire/mission.ts";
import { missionDifferences } from "./mission-item.ts";
import type { MissionDifference, MissionItem, MissionType } from "./mission-item.ts";
import { missionResult, refusalOf } from "./mission-result.ts";
import type { MissionMessage } from "./station-message.ts";
import { isAnswer, type SystemAddress } from "./system-address.ts";
import type { VehicleMissionMessage } from "./vehicle-message.ts";

/** Silence after which what we ask for is asked again. */
export const askAgainAfterMs = 1_000;
/** Sendings of one question before it counts as not answered. */
export const asksMax = 10;
/** A vehicle repeats its requests for 8 s; silent for longer, it has given up. */
export const vehicleSilenceMsMax = 10_000;
/** After the last item, silence for this long means that the answer may be lost: read back. */
const ackWithinMs = 3_000;
/** The longest transfer, whatever goes on in it. */
export const transferMsMax = 5 * 60_000;
/** Frames we send in one transfer, for each item and beside: a storm of requests ends there. */
const sendsPerItemMax = 12;
const sendsBesideMax = 60;

/** How the vehicle keeps what it is given. */
interface Keeping {
  /** Of a mission: as an ArduPilot, it puts its own home in place of item 0. */
  readonly firstIsHome?: boolean;
}

export type MissionTask =
  | ({
      readonly kind: "upload";
      readonly missionType: MissionType;
      readonly items: MissionItem[];
    } & Keeping)
  | { readonly kind: "download"; readonly missionType: MissionType }
  | ({ readonly kind: "clear"; readonly missionType: MissionType } & Keeping);

/** What of a read-back was not compared, and why. */
interface Compared {
  readonly notCompared?: "firstItemIsHome";
}

/** In our words, and as it came. */
interface Refusal {
  readonly refusal: MissionRefusal;
  readonly code: number;
}

/** Exactly one of these ends every transfer. */
export type MissionOutcome =
  /** Uploaded or cleared, and read back the same; the vehicle may have refused it all the same. */
  | ({
      readonly kind: "stored";
      readonly items: readonly MissionItem[];
      readonly refused?: Refusal;
    } & Compared)
  /** Uploaded or cleared as the vehicle says, but it gives something else back. */
  | ({
      readonly kind: "differs";
      readonly items: readonly MissionItem[];
      readonly differences: readonly MissionDifference[];
    } & Compared)
  | { readonly kind: "downloaded"; readonly items: readonly MissionItem[] }
  | ({ readonly kind: "refused" } & Refusal)
  /** It says that it holds more than we read. */
  | { readonly kind: "tooManyItems"; readonly count: number; readonly countMax: number }
  /** What was not answered, or went on beyond every limit. */
  | { readonly kind: "notAcknowledged"; readonly at: "upload" | "readBack" | "download" | "clear" }
  /** By us. What the vehicle holds now is not known where it was an upload. */
  | { readonly kind: "cancelled" };

export type MissionStep =
  | { readonly kind: "send"; readonly message: MissionMessage }
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  /** Once in every exchange. */
  | { readonly kind: "ended"; readonly outcome: MissionOutcome };

type Phase =
  /** The vehicle asks, we answer. `asked` is the highest item asked for, plus one. */
  | { readonly kind: "sending"; readonly asked: number }
  | { readonly kind: "clearing" }
  | { readonly kind: "listing" }
  | { readonly kind: "reading"; readonly items: readonly MissionItem[]; readonly total: number }
  | { readonly kind: "over" };

export interface MissionExchange {
  readonly task: MissionTask;
  readonly target: SystemAddress;
  readonly own: SystemAddress;
  readonly startedAtMs: number;
  readonly phase: Phase;
  /**
   * What the vehicle said of the upload as a whole; undefined while it has said nothing. A refusal
   * may be of a last item that came twice, so reading back has the last word.
   */
  readonly answer: number | undefined;
  /** Last time anything of this transfer was sent or heard. */
  readonly movedAtMs: number;
  /** Sendings of the present question. */
  readonly asks: number;
  readonly sends: number;
}

export interface MissionAdvanced {
  readonly exchange: MissionExchange;
  readonly steps: readonly MissionStep[];
}

/** Begins: the first step is the first question. */
export function startMission(
  task: MissionTask,
  target: SystemAddress,
  own: SystemAddress,
  nowMs: number,
): MissionAdvanced {
  const exchange: MissionExchange = {
    task,
    target,
    own,
    startedAtMs: nowMs,
    phase: firstPhase(task),
    answer: undefined,
    movedAtMs: nowMs,
    asks: 0,
    sends: 0,
  };
  return ask(exchange, nowMs);
}

/** The vehicle's autopilot sent a message of the mission protocol. */
export function missionHeard(
  exchange: MissionExchange,
  message: VehicleMissionMessage,
  nowMs: number,
): MissionAdvanced {
  const { task, target, own } = exchange;
  const isOurs = message.missionType === task.missionType && isAnswer(message, target, own);
  if (!isOurs || exchange.phase.kind === "over") return { exchange, steps: [] };
  switch (message.kind) {
    case "missionRequest":
      return requested(exchange, message.seq, nowMs);
    case "missionAck":
      return acknowledged(exchange, message.result, nowMs);
    case "missionCount":
      return counted(exchange, message.count, nowMs);
    case "missionItem":
      return received(exchange, message.seq, message.item, nowMs);
  }
}

/** Time passed. Call it several times a second. */
export function missionTick(exchange: MissionExchange, nowMs: number): MissionAdvanced {
  const { phase, movedAtMs, startedAtMs, asks } = exchange;
  if (phase.kind === "over") return { exchange, steps: [] };
  if (nowMs - startedAtMs >= transferMsMax) return silent(exchange);
  const silentMs = nowMs - movedAtMs;
  if (phase.kind === "sending" && phase.asked > 0) {
    if (phase.asked >= itemsOf(exchange.task).length && silentMs >= ackWithinMs) {
      return readBack(exchange, undefined, nowMs);
    }
    return silentMs >= vehicleSilenceMsMax ? silent(exchange) : { exchange, steps: [] };
  }
  if (silentMs < askAgainAfterMs) return { exchange, steps: [] };
  return asks >= asksMax ? silent(exchange) : ask(exchange, nowMs);
}

/** A person stops it. The vehicle is told, so that it does not wait. */
export function cancelMission(exchange: MissionExchange): MissionAdvanced {
  if (exchange.phase.kind === "over") return { exchange, steps: [] };
  const { missionType } = exchange.task;
  const told: MissionMessage = { kind: "missionAck", missionType, result: missionResult.cancelled };
  const ended = end(exchange, { kind: "cancelled" });
  return { ...ended, steps: [{ kind: "send", message: told }, ...ended.steps] };
}

function firstPhase(task: MissionTask): Phase {
  switch (task.kind) {
    case "upload":
      return { kind: "sending", asked: 0 };
    case "clear":
      return { kind: "clearing" };
    case "download":
      return { kind: "listing" };
  }
}

/** Sends the question of the present phase, for the first time or once more. */
function ask(exchange: MissionExchange, nowMs: number): MissionAdvanced {
  const { phase, task } = exchange;
  const { missionType } = task;
  const asked = { ...exchange, asks: exchange.asks + 1 };
  switch (phase.kind) {
    case "sending": {
      const count = itemsOf(task).length;
      return send(asked, { kind: "missionCount", missionType, count }, nowMs);
    }
    case "clearing":
      return send(asked, { kind: "missionClearAll", missionType }, nowMs);
    case "listing":
      return send(asked, { kind: "missionRequestList", missionType }, nowMs);
    case "reading": {
      const message = { kind: "missionRequest", missionType, seq: phase.items.length } as const;
      return send(asked, message, nowMs);
    }
    case "over":
      return { exchange, steps: [] };
  }
}

/** The vehicle wants an item; it may want it again, and again after we began to read back. */
function requested(exchange: MissionExchange, seq: number, nowMs: number): MissionAdvanced {
  const { phase, task } = exchange;
  const items = itemsOf(task);
  const item = items[seq];
  if (item === undefined) return { exchange, steps: [] };
  const before = phase.kind === "sending" ? phase.asked : items.length;
  const asked = Math.max(before, seq + 1);
  const { missionType } = task;
  const sending: MissionExchange = { ...exchange, phase: { kind: "sending", asked }, asks: 0 };
  const sent = send(sending, { kind: "missionItem", missionType, seq, item }, nowMs);
  if (asked === before) return sent;
  return {
    ...sent,
    steps: [...sent.steps, { kind: "progress", done: asked, total: items.length }],
  };
}

function acknowledged(exchange: MissionExchange, code: number, nowMs: number): MissionAdvanced {
  const { phase, task, answer } = exchange;
  const isWhole = phase.kind === "sending" && phase.asked >= itemsOf(task).length;
  switch (phase.kind) {
    case "sending":
      // The transfer stays open at the vehicle, which asks for the right item again.
      if (code === missionResult.invalidSequence) return { exchange, steps: [] };
      if (isWhole) return readBack(exchange, code, nowMs);
      // An acceptance of less than the whole is one of an earlier transfer.
      return code === missionResult.accepted ? { exchange, steps: [] } : refuse(exchange, code);
    case "clearing":
      return code === missionResult.accepted
        ? readBack(exchange, code, nowMs)
        : refuse(exchange, code);
    case "listing":
      if (task.kind === "download") return refuse(exchange, code);
      return answer === undefined && code === missionResult.accepted
        ? readBack(exchange, code, nowMs)
        : { exchange, steps: [] };
    case "reading":
      return task.kind === "download" ? refuse(exchange, code) : { exchange, steps: [] };
    case "over":
      return { exchange, steps: [] };
  }
}

function readBack(
  exchange: MissionExchange,
  answer: number | undefined,
  nowMs: number,
): MissionAdvanced {
  return ask({ ...exchange, answer, phase: { kind: "listing" }, asks: 0 }, nowMs);
}

function refuse(exchange: MissionExchange, code: number): MissionAdvanced {
  return end(exchange, { kind: "refused", refusal: refusalOf(code), code });
}

function counted(exchange: MissionExchange, count: number, nowMs: number): MissionAdvanced {
  if (exchange.phase.kind !== "listing") return { exchange, steps: [] };
  if (count > missionItemsMax) {
    return end(exchange, { kind: "tooManyItems", count, countMax: missionItemsMax });
  }
  const phase: Phase = { kind: "reading", items: [], total: count };
  const reading: MissionExchange = { ...exchange, phase, asks: 0 };
  return count === 0 ? finish(reading, [], nowMs) : ask(reading, nowMs);
}

function received(
  exchange: MissionExchange,
  seq: number,
  item: MissionItem,
  nowMs: number,
): MissionAdvanced {
  const { phase } = exchange;
  // Late, doubled or out of order: the one asked for is asked for again by the tick.
  if (phase.kind !== "reading" || seq !== phase.items.length) return { exchange, steps: [] };
  const { total } = phase;
  const items = [...phase.items, item];
  const progress: MissionStep = { kind: "progress", done: items.length, total };
  const reading: MissionExchange = { ...exchange, phase: { ...phase, items }, asks: 0 };
  const next = items.length < total ? ask(reading, nowMs) : finish(reading, items, nowMs);
  return { ...next, steps: [progress, ...next.steps] };
}

/** All is read: thanks to the vehicle, and the verdict. */
function finish(
  exchange: MissionExchange,
  items: readonly MissionItem[],
  nowMs: number,
): MissionAdvanced {
  const { task } = exchange;
  const { missionType } = task;
  const thanks: MissionMessage = {
    kind: "missionAck",
    missionType,
    result: missionResult.accepted,
  };
  const sent = send(exchange, thanks, nowMs);
  const ended = end(sent.exchange, outcomeOf(exchange, items));
  return { ...ended, steps: [...sent.steps, ...ended.steps] };
}

function outcomeOf(
  { task, answer }: MissionExchange,
  items: readonly MissionItem[],
): MissionOutcome {
  if (task.kind === "download") return { kind: "downloaded", items };
  const firstIsHome = task.missionType === "mission" && task.firstIsHome === true;
  // A mission that was cleared still holds such a vehicle's own home.
  const isHomeOnly = firstIsHome && task.kind === "clear" && items.length === 1;
  const wanted = isHomeOnly ? items : itemsOf(task);
  const differences = missionDifferences(task.missionType, wanted, items, firstIsHome);
  const isLeftOut = firstIsHome && items.length > 0;
  const compared: Compared = isLeftOut ? { notCompared: "firstItemIsHome" } : {};
  const refusal = isRefusal(answer) && { refusal: refusalOf(answer), code: answer };
  if (differences.length === 0) {
    return { kind: "stored", items, ...(refusal && { refused: refusal }), ...compared };
  }
  return refusal
    ? { kind: "refused", ...refusal }
    : { kind: "differs", items, differences, ...compared };
}

function isRefusal(answer: number | undefined): answer is number {
  return answer !== undefined && answer !== missionResult.accepted;
}

function silent(exchange: MissionExchange): MissionAdvanced {
  const { answer, phase, task } = exchange;
  // "Error" is also the answer to a last item that came twice: it alone proves nothing.
  if (isRefusal(answer) && answer !== missionResult.error) return refuse(exchange, answer);
  const isReading = phase.kind === "listing" || phase.kind === "reading";
  const at = isReading && task.kind !== "download" ? "readBack" : task.kind;
  return end(exchange, { kind: "notAcknowledged", at });
}

function send(exchange: MissionExchange, message: MissionMessage, nowMs: number): MissionAdvanced {
  const sends = exchange.sends + 1;
  const total = totalOf(exchange);
  if (sends > sendsBesideMax + sendsPerItemMax * total) return silent(exchange);
  return { exchange: { ...exchange, sends, movedAtMs: nowMs }, steps: [{ kind: "send", message }] };
}

function totalOf({ task, phase }: MissionExchange): number {
  return Math.max(itemsOf(task).length, phase.kind === "reading" ? phase.total : 0);
}

function end(exchange: MissionExchange, outcome: MissionOutcome): MissionAdvanced {
  return {
    exchange: { ...exchange, phase: { kind: "over" } },
    steps: [{ kind: "ended", outcome }],
  };
}

function itemsOf(task: MissionTask): readonly MissionItem[] {
  return task.kind === "upload" ? task.items : [];
}
