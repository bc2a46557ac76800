// Which messages a vehicle sends and how often. As ArduPilot does: nothing but heartbeats until
// asked, and everything asked for is forgotten at a reboot.

/** Interval per message id, in ms; a message that is not in it is not sent. */
export type Streams = ReadonlyMap<number, number>;

export const noStreams: Streams = new Map();

/** The fastest a message is sent. */
export const intervalMsMin = 20;

/** Messages of each REQUEST_DATA_STREAM group that this vehicle has. */
const groups: ReadonlyMap<number, readonly number[]> = new Map([
  [2, [1, 24]],
  [6, [33]],
  [10, [30]],
]);
const streamable: ReadonlySet<number> = new Set([1, 24, 30, 33, 245]);

/** SET_MESSAGE_INTERVAL: undefined where the vehicle has no such message (ArduPilot denies it). */
export function withInterval(
  streams: Streams,
  messageId: number,
  intervalUs: number,
): Streams | undefined {
  if (!streamable.has(messageId)) return undefined;
  const next = new Map(streams);
  if (intervalUs > 0) next.set(messageId, Math.max(intervalMsMin, intervalUs / 1000));
  else next.delete(messageId);
  return next;
}

/** REQUEST_DATA_STREAM: group 0 is all of them; a rate of 0 stops them. */
export function withGroup(streams: Streams, group: number, rateHz: number): Streams {
  const ids = group === 0 ? [...groups.values()].flat() : (groups.get(group) ?? []);
  let next = streams;
  for (const id of ids) next = withInterval(next, id, rateHz > 0 ? 1e6 / rateHz : -1) ?? next;
  return next;
}

/** The messages due in the step that ends at `nowMs` (since boot) and lasted `stepMs`. */
export function dueMessages(streams: Streams, nowMs: number, stepMs: number): number[] {
  const due: number[] = [];
  for (const [id, intervalMs] of streams) {
    if (Math.floor(nowMs / intervalMs) > Math.floor((nowMs - stepMs) / intervalMs)) due.push(id);
  }
  return due;
}
