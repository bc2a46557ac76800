// How well a vehicle is heard, by the age of its autopilot's last heartbeat. Other components and
// other messages keep no dead autopilot alive. Called by the telemetry tick and the live picture.
import { worseLink } from "../../../contract/worse-link.ts";
import type { LinkState } from "../../../contract/wire/live-status.ts";

/** Autopilots send a heartbeat a second: two lost ones are nothing yet. */
export const liveAgeMsMax = 3_000;
/** Half a second under the 5 s in which a loss must be on screen: the tick and the way there. */
export const staleAgeMsMax = 4_500;
export const lostAgeMsMax = 60_000;

/** Heartbeats that went on for so long after the last position say that it is not the link. */
const heardWithoutPositionMsMin = 2_500;

/**
 * True where an armed drone is heard but has told no position for too long, under the same 5 s.
 * Where heartbeats stop too it is the link that is lost, and this stays as it was.
 *
 * @param positionSinceMs Receipt of the last known position, or the arming where that was later.
 * @param isStanding True where it was so before: then only a position ends it.
 */
export function isPositionLost(
  positionSinceMs: number,
  heartbeatAtMs: number,
  isStanding: boolean,
  nowMs: number,
): boolean {
  if (nowMs - positionSinceMs <= staleAgeMsMax) return false;
  if (isStanding) return true;
  const isHeard = nowMs - heartbeatAtMs <= staleAgeMsMax;
  return isHeard && heartbeatAtMs - positionSinceMs >= heardWithoutPositionMsMin;
}

/**
 * The link of a vehicle while nobody listens: what was told of it last, or worse. It is never live.
 *
 * @param heartbeatAgeMs Time since its last known heartbeat.
 */
export function unwatchedLink(told: LinkState, heartbeatAgeMs: number): LinkState {
  return worseLink(worseLink(told, linkState(heartbeatAgeMs)), "stale");
}

/** @param heartbeatAgeMs Time since the last heartbeat was received. */
export function linkState(heartbeatAgeMs: number): LinkState {
  if (heartbeatAgeMs <= liveAgeMsMax) return "live";
  if (heartbeatAgeMs <= staleAgeMsMax) return "stale";
  return heartbeatAgeMs <= lostAgeMsMax ? "lost" : "gone";
}
