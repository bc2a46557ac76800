// The way to one drone, or why nothing is sent to it. Called through ordered-drone.ts before every
// frame of an order: a route good a second ago may reach another drone now.
import type { WatchPlan } from "../../contract/wire/watch-plan.ts";
import type { CommandedVehicle } from "../../contract/wire/command.ts";
import { bindFlight, ownBooking } from "../domain/flight/flight-binding.ts";
import { linkState } from "../domain/flight/link-health.ts";
import { systemAddress, type SystemAddress } from "../mavlink/system-address.ts";
import type { PlannedBooking } from "../../contract/wire/watch-plan.ts";
import type { LinkAddress } from "../telemetry/ports.ts";
import { bookingsOf, nameOf } from "../telemetry/vehicle-name.ts";
import { isShared } from "../telemetry/silence.ts";
import type { VehicleSession } from "../telemetry/vehicle-session.ts";

/** Why nothing is sent to the drone now. */
export interface NoRoute {
  readonly kind: "none";
  readonly reason: "unknownVehicle" | "notHeard" | "routeStale" | "ambiguous";
}

export type Route =
  | {
      readonly kind: "route";
      readonly session: VehicleSession;
      readonly to: LinkAddress;
      readonly target: SystemAddress;
    }
  | NoRoute;

/**
 * The newest address of the session's drone, where its autopilot is heard now and nobody else sends
 * with its system id.
 */
export function routeTo(
  sessions: Iterable<VehicleSession>,
  sessionId: string,
  nowMs: number,
): Route {
  const all = [...sessions];
  const session = all.find((one) => one.sessionId === sessionId);
  if (session === undefined) return { kind: "none", reason: "unknownVehicle" };
  const target = systemAddress(session.sysid, session.compid);
  const to = session.link?.address;
  const state = linkState(nowMs - session.track.heartbeatAtMs);
  if (target === undefined || to === undefined || state === "lost" || state === "gone") {
    return { kind: "none", reason: "notHeard" };
  }
  if (session.isAmbiguous || isShared(session, all, nowMs)) {
    return { kind: "none", reason: "ambiguous" };
  }
  return state === "stale"
    ? { kind: "none", reason: "routeStale" }
    : { kind: "route", session, to, target };
}

/** The booking that the drone flies on, or would if it armed now. */
export function bookingOf(
  session: VehicleSession,
  plan: WatchPlan,
  nowMs: number,
): PlannedBooking | undefined {
  const { flight, sysid } = session;
  return flight === undefined
    ? bindFlight(bookingsOf(session, plan), sysid, nowMs, () => []).booking
    : ownBooking(plan.bookings, flight.binding);
}

/** The drone as people know it now, to be kept with what was ordered. */
export function commandedVehicle(
  session: VehicleSession,
  plan: WatchPlan,
  nowMs: number,
): CommandedVehicle {
  const { sessionId, vehicleKey, sysid, flight } = session;
  const { aircraftId, name, organisationId } = nameOf(session, plan);
  const booking = bookingOf(session, plan, nowMs);
  return {
    sessionId,
    vehicleKey,
    sysid,
    vehicleName: name,
    aircraftId,
    organisationId,
    flightId: flight?.id ?? null,
    bookingId: booking?.id ?? null,
    bookingTitle: booking?.title ?? null,
  };
}
