// How well a vehicle is heard, by the age of its autopilot's last heartbeat. Other components and
// other messages keep no dead autopilot alive. Called by the telemetry tick and the live picture.
import type { LinkState } from "../../../contract/wire/live-status.ts";

/** Autopilots send a heartbeat a second: two lost ones are nothing yet. */
export const liveAgeMaxMs = 3_000;
/** Half a second under the 5 s in which a loss must be on screen: the tick and the way there. */
export const staleAgeMaxMs = 4_500;
export const lostAgeMaxMs = 60_000;

/** @param heartbeatAgeMs Time since the last heartbeat was received. */
export function linkState(heartbeatAgeMs: number): LinkState {
  if (heartbeatAgeMs <= liveAgeMaxMs) return "live";
  if (heartbeatAgeMs <= staleAgeMaxMs) return "stale";
  return heartbeatAgeMs <= lostAgeMaxMs ? "lost" : "gone";
}
