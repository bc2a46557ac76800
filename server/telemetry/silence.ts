// What the silence of one vehicle means: its link is lost, or its position alone, or it is one of
// two with its system id no more. Asked by the telemetry flow at each tick and before each order.
import { isPositionLost, linkState } from "../domain/flight/link-health.ts";
import { standingKinds } from "./alarms.ts";
import { heardSilenceMs, type VehicleSession } from "./vehicle-session.ts";

/** True where its autopilot is not heard any more, though we have listened for long enough. */
export function isLost(session: VehicleSession, nowMs: number): boolean {
  const link = linkState(heardSilenceMs(session, nowMs));
  return link === "lost" || link === "gone";
}

/**
 * True while it and another sender of its system id are both heard: the one rule for orders, for
 * what pages show, and for the alarm.
 */
export function isShared(
  session: VehicleSession,
  sessions: Iterable<VehicleSession>,
  nowMs: number,
): boolean {
  if (isLost(session, nowMs)) return false;
  for (const other of sessions) {
    if (other !== session && other.sysid === session.sysid && !isLost(other, nowMs)) return true;
  }
  return false;
}

/** True where it flies and is heard, but tells nobody where: nothing judges its airspace then. */
export function isWithoutPosition(session: VehicleSession, nowMs: number): boolean {
  const { flight, positionHeardAtMs, track, lateSinceMs } = session;
  if (flight?.disarmedAtMs !== null) return false;
  const isStanding = standingKinds(session).includes("positionLost");
  // Positions that come too late are an alarm of their own.
  if (lateSinceMs !== undefined && !isStanding) return false;
  const sinceMs = isStanding ? positionHeardAtMs : Math.max(positionHeardAtMs, flight.armedAtMs);
  return isPositionLost(sinceMs, track.heartbeatAtMs, isStanding, nowMs);
}
