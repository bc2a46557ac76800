// Asks autopilots for what the watch needs: our own heartbeat once a second, and message rates,
// which a real autopilot forgets at each boot. Called by the ingest tick. Sends only to addresses
// from which a valid autopilot heartbeat came, a bounded number of frames.
import { linkState } from "../domain/flight/link-health.ts";
import type { Encoder } from "../mavlink/encode.ts";
import type { LinkAddress } from "../telemetry/ports.ts";
import type { VehicleSession } from "../telemetry/vehicle-session.ts";
import { positionMessageId } from "./mavlink-frames.ts";

/** Message ids and the intervals they are asked for at, in microseconds. */
const wanted: readonly (readonly [messageId: number, intervalUs: number])[] = [
  [positionMessageId, 100_000],
  [30, 250_000], // ATTITUDE
  [1, 500_000], // SYS_STATUS
  [24, 500_000], // GPS_RAW_INT
  [245, 500_000], // EXTENDED_SYS_STATE: the airborne signal, in no stream
  [2, 1_000_000], // SYSTEM_TIME
  [242, 1_000_000], // HOME_POSITION
];
/** Stream ids of REQUEST_DATA_STREAM and rates, for autopilots that take no message intervals. */
const wantedStreams: readonly (readonly [streamId: number, rateHz: number])[] = [
  [6, 10], // POSITION
  [10, 4], // EXTRA1: ATTITUDE
  [2, 2], // EXTENDED_STATUS: SYS_STATUS, GPS_RAW_INT
];

const heartbeatEveryMs = 1_000;
/** Positions at any rate come at least this often where they come at all. */
const positionSilenceMs = 3_000;
/** First wait before asking again; it doubles each time up to the last. */
const askAgainMinMs = 2_000;
const askAgainMaxMs = 30_000;

interface Asked {
  readonly times: number;
  readonly nextAtMs: number;
}

export type SendFrame = (bytes: Uint8Array, to: LinkAddress) => void;

export interface StreamRequests {
  tick(sessions: Iterable<VehicleSession>, nowMs: number): void;
}

export function createStreamRequests(encoder: Encoder, send: SendFrame): StreamRequests {
  let asked = new Map<string, Asked>();
  let heartbeatAtMs = 0;

  function ask(session: VehicleSession, to: LinkAddress, times: number): void {
    const { sysid, compid } = session;
    for (const [messageId, intervalUs] of wanted) {
      send(encoder.setMessageInterval(sysid, compid, messageId, intervalUs), to);
    }
    if (times === 0) return;
    for (const [streamId, rateHz] of wantedStreams) {
      send(encoder.requestDataStream(sysid, compid, streamId, rateHz), to);
    }
  }

  function tick(sessions: Iterable<VehicleSession>, nowMs: number): void {
    const isHeartbeatDue = nowMs - heartbeatAtMs >= heartbeatEveryMs;
    if (isHeartbeatDue) heartbeatAtMs = nowMs;
    const greeted = new Set<LinkAddress>();
    const still = new Map<string, Asked>();
    for (const session of sessions) {
      const to = session.link?.address;
      if (to === undefined || !isHeard(session, nowMs)) continue;
      if (isHeartbeatDue && !greeted.has(to)) send(encoder.heartbeat(), to);
      greeted.add(to);
      // Rates are kept by the link and forgotten at a boot: another of either is asked anew.
      const key = `${session.sessionId} ${to.listener} ${to.address} ${to.port}`;
      still.set(key, askIfDue(session, to, asked.get(key), nowMs));
    }
    asked = still;
  }

  /** Once at first, and again while heartbeats come without positions. */
  function askIfDue(
    session: VehicleSession,
    to: LinkAddress,
    before: Asked | undefined,
    nowMs: number,
  ): Asked {
    const hasPositions = nowMs - session.lastPositionReportAtMs <= positionSilenceMs;
    if (before !== undefined && (hasPositions || nowMs < before.nextAtMs)) return before;
    const times = before?.times ?? 0;
    ask(session, to, times);
    const waitMs = Math.min(askAgainMaxMs, askAgainMinMs * 2 ** Math.min(times, 10));
    return { times: times + 1, nextAtMs: nowMs + waitMs };
  }

  return { tick };
}

function isHeard(session: VehicleSession, nowMs: number): boolean {
  const link = linkState(nowMs - session.track.heartbeatAtMs);
  return link === "live" || link === "stale";
}
