// Asks autopilots for what the watch needs: our own heartbeat once a second, what autopilot it is,
// and message rates, which a real autopilot forgets at each boot. Called by the ingest tick and for
// each frame of an autopilot. Sends only to addresses from which a valid autopilot heartbeat came:
// one request a tick at most.
import { linkState } from "../domain/flight/link-health.ts";
import {
  answeredRates,
  firstRates,
  nextRates,
  type RateRequest,
  type RateState,
  type WantedMessage,
} from "../domain/flight/message-rates.ts";
import { decodeFields } from "../mavlink/decode.ts";
import type { Encoder } from "../mavlink/encode.ts";
import type { FrameView } from "../mavlink/frame-reader.ts";
import type { LinkAddress } from "../telemetry/ports.ts";
import type { VehicleSession } from "../telemetry/vehicle-session.ts";
import { positionMessageId } from "./mavlink-frames.ts";

const position = { id: 6, rateHz: 10 }; // POSITION
const extra1 = { id: 10, rateHz: 4 }; // EXTRA1: ATTITUDE
const extendedStatus = { id: 2, rateHz: 2 }; // EXTENDED_STATUS: SYS_STATUS, GPS_RAW_INT
const extra3 = { id: 12, rateHz: 1 }; // EXTRA3: SYSTEM_TIME

/** What is asked for, the most needed first. */
export const wantedMessages: readonly WantedMessage[] = [
  { messageId: positionMessageId, intervalUs: 100_000, stream: position },
  { messageId: 30, intervalUs: 250_000, stream: extra1 }, // ATTITUDE
  { messageId: 1, intervalUs: 500_000, stream: extendedStatus }, // SYS_STATUS
  { messageId: 24, intervalUs: 500_000, stream: extendedStatus }, // GPS_RAW_INT
  { messageId: 245, intervalUs: 500_000, stream: undefined }, // EXTENDED_SYS_STATE: airborne
  { messageId: 2, intervalUs: 1_000_000, stream: extra3 }, // SYSTEM_TIME
  { messageId: 242, intervalUs: 1_000_000, stream: undefined }, // HOME_POSITION
];

const heartbeatEveryMs = 1_000;
const commandAckId = 77;
const autopilotVersionId = 148;
const setMessageInterval = 511; // MAV_CMD_SET_MESSAGE_INTERVAL

export type SendFrame = (bytes: Uint8Array, to: LinkAddress) => void;

export interface StreamRequests {
  tick(sessions: Iterable<VehicleSession>, nowMs: number): void;
  /** A frame of the session's autopilot has come. */
  heard(session: VehicleSession, frame: FrameView, nowMs: number): void;
}

export function createStreamRequests(encoder: Encoder, send: SendFrame): StreamRequests {
  let rates = new Map<string, RateState>();
  let heartbeatAtMs = 0;

  function encoded({ sysid, compid }: VehicleSession, request: RateRequest): Uint8Array {
    switch (request.kind) {
      case "interval":
        return encoder.setMessageInterval(sysid, compid, request.messageId, request.intervalUs);
      case "stream":
        return encoder.requestDataStream(sysid, compid, request.streamId, request.rateHz);
      case "version":
        return encoder.requestMessage(sysid, compid, autopilotVersionId);
    }
  }

  function tick(sessions: Iterable<VehicleSession>, nowMs: number): void {
    const isHeartbeatDue = nowMs - heartbeatAtMs >= heartbeatEveryMs;
    if (isHeartbeatDue) heartbeatAtMs = nowMs;
    const greeted = new Set<LinkAddress>();
    const still = new Map<string, RateState>();
    for (const session of sessions) {
      const to = session.link?.address;
      if (to === undefined || !isHeard(session, nowMs)) continue;
      if (isHeartbeatDue && !greeted.has(to)) send(encoder.heartbeat(), to);
      greeted.add(to);
      const key = keyOf(session, to);
      const heard = {
        counts: session.messageCounts,
        hasVersion: session.track.autopilotUid !== undefined,
      };
      const before = rates.get(key) ?? firstRates(wantedMessages, heard, nowMs);
      const { state, request } = nextRates(before, wantedMessages, heard, nowMs);
      still.set(key, state);
      if (request !== undefined) send(encoded(session, request), to);
    }
    rates = still;
  }

  function heard(session: VehicleSession, frame: FrameView, nowMs: number): void {
    if (frame.messageId !== commandAckId || session.link === undefined) return;
    const key = keyOf(session, session.link.address);
    const state = rates.get(key);
    const { command, result } = decodeFields(frame);
    if (state === undefined || command !== setMessageInterval) return;
    rates.set(key, answeredRates(state, wantedMessages, Number(result), nowMs));
  }

  return { tick, heard };
}

/** Rates are kept by the link and forgotten at a boot: another of either is asked anew. */
function keyOf({ sessionId }: VehicleSession, to: LinkAddress): string {
  return `${sessionId} ${to.listener} ${to.address} ${to.port}`;
}

function isHeard(session: VehicleSession, nowMs: number): boolean {
  const link = linkState(nowMs - session.track.heartbeatAtMs);
  return link === "live" || link === "stale";
}
