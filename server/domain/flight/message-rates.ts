// Which request for which message goes to one autopilot next: rates by SET_MESSAGE_INTERVAL, one at
// a time; by the older stream requests where that is refused or not answered; again, less and less
// often, where the real rate stays behind. Pure; driven by ingest/stream-requests.ts each tick.

/** One message that the watch wants at a steady rate. */
export interface WantedMessage {
  readonly messageId: number;
  readonly intervalUs: number;
  /** The group of REQUEST_DATA_STREAM that brings it, and the rate asked of the group. */
  readonly stream: { readonly id: number; readonly rateHz: number } | undefined;
}

export type RateRequest =
  | { readonly kind: "interval"; readonly messageId: number; readonly intervalUs: number }
  | { readonly kind: "stream"; readonly streamId: number; readonly rateHz: number }
  /** AUTOPILOT_VERSION, once. */
  | { readonly kind: "version" };

/** An answer to SET_MESSAGE_INTERVAL is waited for so long (ArduCopter takes some 5 ms). */
export const answerWaitMs = 1_000;
/** Unanswered requests after which the older way is taken. */
export const unansweredMax = 2;
/** Real rates are looked at this often. */
export const watchEveryMs = 5_000;
/** A rate below this part of what was asked for is asked for again. */
const rateMetPart = 0.5;
/** The wait before the same request again: doubled each time, from the first to the last. */
export const askAgainMs = { first: 5_000, max: 60_000 } as const;
/** Requests for an AUTOPILOT_VERSION that never comes. */
export const versionTriesMax = 5;

/** What was asked for one message. */
interface Ask {
  readonly way: "interval" | "stream" | "none";
  readonly tries: number;
  readonly unanswered: number;
  readonly nextAtMs: number;
  readonly isMet: boolean;
  /** Frames counted when its rate was last looked at. */
  readonly countBefore: number;
}

/** What is known of one autopilot on one link since its boot. Plain values. */
export interface RateState {
  readonly asks: ReadonlyMap<number, Ask>;
  /** Asked by interval, and not yet answered. */
  readonly waiting: { readonly messageId: number; readonly sinceMs: number } | undefined;
  readonly watchedAtMs: number;
  readonly version: { readonly tries: number; readonly nextAtMs: number };
}

/** What has been heard of the autopilot. */
export interface HeardRates {
  /** Frames by message id. */
  readonly counts: ArrayLike<number>;
  /** Its AUTOPILOT_VERSION has come. */
  readonly hasVersion: boolean;
}

/** Nothing has been asked yet. */
export function firstRates(
  wanted: readonly WantedMessage[],
  { counts }: Pick<HeardRates, "counts">,
  nowMs: number,
): RateState {
  const ask = { way: "interval", tries: 0, unanswered: 0, nextAtMs: 0, isMet: false } as const;
  const asks = wanted.map(({ messageId }): [number, Ask] => {
    return [messageId, { ...ask, countBefore: counts[messageId] ?? 0 }];
  });
  const version = { tries: 0, nextAtMs: 0 };
  return { asks: new Map(asks), waiting: undefined, watchedAtMs: nowMs, version };
}

/** The state after this moment, and the one request that is due, if any. */
export function nextRates(
  before: RateState,
  wanted: readonly WantedMessage[],
  heard: HeardRates,
  nowMs: number,
): { readonly state: RateState; readonly request: RateRequest | undefined } {
  const state = watched(unanswered(before, wanted, nowMs), wanted, heard, nowMs);
  if (state.waiting !== undefined) return { state, request: undefined };
  const due = wanted.filter(({ messageId }) => isDue(state.asks.get(messageId), nowMs));
  const [first] = due;
  const isVersionDue =
    !heard.hasVersion && state.version.tries < versionTriesMax && nowMs >= state.version.nextAtMs;
  // The first of the wanted messages goes before everything else.
  if (isVersionDue && first !== wanted[0]) return askVersion(state, nowMs);
  if (first === undefined) return { state, request: undefined };
  return ask(state, wanted, first, nowMs);
}

/**
 * The state after a COMMAND_ACK to SET_MESSAGE_INTERVAL.
 *
 * @param result MAV_RESULT: 0 accepted, 5 in progress, all others no.
 */
export function answeredRates(
  state: RateState,
  wanted: readonly WantedMessage[],
  result: number,
  nowMs: number,
): RateState {
  const { waiting } = state;
  if (waiting === undefined || result === 5) return state;
  const asked = state.asks.get(waiting.messageId);
  if (asked === undefined) return state;
  const answered =
    result === 0
      ? { ...asked, unanswered: 0 }
      : fallenBack(state, wanted, waiting.messageId, asked, nowMs);
  return { ...withAsk(state, waiting.messageId, answered), waiting: undefined };
}

function unanswered(state: RateState, wanted: readonly WantedMessage[], nowMs: number): RateState {
  const { waiting } = state;
  if (waiting === undefined || nowMs - waiting.sinceMs < answerWaitMs) return state;
  const asked = state.asks.get(waiting.messageId);
  if (asked === undefined) return { ...state, waiting: undefined };
  const again = { ...asked, unanswered: asked.unanswered + 1, nextAtMs: nowMs };
  const next =
    again.unanswered < unansweredMax
      ? again
      : fallenBack(state, wanted, waiting.messageId, again, nowMs);
  return { ...withAsk(state, waiting.messageId, next), waiting: undefined };
}

/** Every few seconds: which messages come at about the rate that was asked for. */
function watched(
  state: RateState,
  wanted: readonly WantedMessage[],
  { counts }: HeardRates,
  nowMs: number,
): RateState {
  const elapsedMs = nowMs - state.watchedAtMs;
  if (elapsedMs < watchEveryMs) return state;
  const asks = new Map(state.asks);
  for (const { messageId, intervalUs } of wanted) {
    const asked = asks.get(messageId);
    if (asked === undefined) continue;
    const count = counts[messageId] ?? 0;
    const expected = (elapsedMs * 1000) / intervalUs;
    const isMet = count - asked.countBefore >= expected * rateMetPart;
    // Met once, it is asked for without delay should it fall behind again.
    const tries = isMet ? 0 : asked.tries;
    const nextAtMs = isMet ? nowMs : asked.nextAtMs;
    asks.set(messageId, { ...asked, isMet, countBefore: count, tries, nextAtMs });
  }
  return { ...state, asks, watchedAtMs: nowMs };
}

function isDue(asked: Ask | undefined, nowMs: number): boolean {
  return asked !== undefined && !asked.isMet && asked.way !== "none" && nowMs >= asked.nextAtMs;
}

function ask(
  state: RateState,
  wanted: readonly WantedMessage[],
  { messageId, intervalUs, stream }: WantedMessage,
  nowMs: number,
): { readonly state: RateState; readonly request: RateRequest | undefined } {
  const asked = state.asks.get(messageId);
  if (asked?.way === "stream" && stream !== undefined) {
    // One request serves every message of the group.
    const members = wanted.filter((one) => one.stream?.id === stream.id);
    const next = members.reduce((changed, member) => {
      const one = changed.asks.get(member.messageId);
      return one?.way === "stream"
        ? withAsk(changed, member.messageId, later(one, nowMs))
        : changed;
    }, state);
    return { state: next, request: { kind: "stream", streamId: stream.id, rateHz: stream.rateHz } };
  }
  if (asked === undefined) return { state, request: undefined };
  const next = withAsk(state, messageId, later(asked, nowMs));
  return {
    state: { ...next, waiting: { messageId, sinceMs: nowMs } },
    request: { kind: "interval", messageId, intervalUs },
  };
}

function askVersion(
  state: RateState,
  nowMs: number,
): { readonly state: RateState; readonly request: RateRequest } {
  const tries = state.version.tries + 1;
  const version = { tries, nextAtMs: nowMs + waitMs(tries) };
  return { state: { ...state, version }, request: { kind: "version" } };
}

function later(asked: Ask, nowMs: number): Ask {
  const tries = asked.tries + 1;
  return { ...asked, tries, nextAtMs: nowMs + waitMs(tries) };
}

function waitMs(tries: number): number {
  return Math.min(askAgainMs.max, askAgainMs.first * 2 ** Math.min(tries - 1, 10));
}

/** By the older way from now on, with others of its stream; given up where there is none. */
function fallenBack(
  { asks }: RateState,
  wanted: readonly WantedMessage[],
  messageId: number,
  asked: Ask,
  nowMs: number,
): Ask {
  const stream = wanted.find((one) => one.messageId === messageId)?.stream;
  if (stream === undefined) return { ...asked, way: "none" };
  const members = wanted.filter((one) => one.stream?.id === stream.id);
  const before = members.map((one) => asks.get(one.messageId)).find((one) => one?.way === "stream");
  const { tries, nextAtMs } = before ?? { tries: 0, nextAtMs: nowMs };
  return { ...asked, way: "stream", tries, nextAtMs };
}

function withAsk(state: RateState, messageId: number, asked: Ask): RateState {
  return { ...state, asks: new Map(state.asks).set(messageId, asked) };
}
