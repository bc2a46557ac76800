// One vehicle as the pages see it: the status sent on change and the packed snapshot's entry.
// Called by live-picture.ts.
import { liveFlag, type LiveVehicle } from "../../contract/wire/live-snapshot.ts";
import type { VehicleStatus } from "../../contract/wire/live-status.ts";
import type { WatchPlan } from "../../contract/wire/watch-plan.ts";
import { isOwnBinding } from "../domain/flight/flight-binding.ts";
import { linkState, liveAgeMsMax } from "../domain/flight/link-health.ts";
import { bookingOf } from "./command-route.ts";
import type { MissionDesk } from "./mission-desk.ts";
import { nameOf } from "../telemetry/vehicle-name.ts";
import { isFlying, type VehicleSession } from "../telemetry/vehicle-session.ts";

/** What the mission desk knows of a drone. */
export type FenceFacts = Pick<MissionDesk, "fenceOf" | "progressOf">;

/** What others in ingest know of it. */
export interface StatusFacts {
  readonly missions: FenceFacts;
  /** Its frames are refused by their signature. */
  readonly isRefused: boolean;
}

/** What is known of it beside the position; the binding while it flies and until it is sealed. */
export function vehicleStatus(
  session: VehicleSession,
  plan: WatchPlan,
  { missions, isRefused }: StatusFacts,
  nowMs: number,
): VehicleStatus {
  const { track, flight } = session;
  const { heartbeat, systemStatus, gnss, landedState, text } = track;
  const { aircraftId, name, organisationId } = nameOf(session, plan);
  const signing = isRefused ? "refused" : session.signing;
  const isBound = flight !== undefined && ownsBooking(session);
  return {
    liveId: session.liveId,
    vehicleKey: session.vehicleKey,
    sysid: session.sysid,
    sessionId: session.sessionId,
    autopilotUid: track.autopilotUid ?? null,
    isAmbiguous: session.isAmbiguous,
    aircraftId,
    name,
    organisationId,
    modeName: heartbeat?.modeName ?? "",
    armed: heartbeat?.armed ?? isFlying(session),
    landedState: landedState?.landedState ?? "undefined",
    batteryPercent: systemStatus?.batteryPercent ?? null,
    batteryV: systemStatus?.batteryV ?? null,
    fixType: gnss?.fixType ?? null,
    satellites: gnss?.satellites ?? null,
    link: linkState(nowMs - track.heartbeatAtMs),
    ...(signing === undefined ? {} : { signing }),
    lastHeartbeatAtMs: track.heartbeatAtMs,
    lastText: text === undefined ? null : { severity: text.severity, text: text.text },
    flightId: flight?.id ?? null,
    binding: flight?.binding ?? null,
    bookingTitle: flight?.bookingTitle ?? null,
    conformance: isBound ? flight.conformance.state : null,
    bookingId: bookingOf(session, plan, nowMs)?.id ?? null,
    fence: missions.fenceOf(session, nowMs),
    transfer: missions.progressOf(session),
  };
}

/** Its place in the snapshot; undefined before its first position. */
export function liveVehicle(session: VehicleSession, nowMs: number): LiveVehicle | undefined {
  const { position, positionAtMs } = session.track;
  if (position === undefined) return undefined;
  return {
    liveId: session.liveId,
    flags: flagsOf(session, nowMs),
    latDeg: position.latDeg,
    lngDeg: position.lngDeg,
    altitudeAmslM: position.altitudeAmslM,
    altitudeAboveHomeM: position.altitudeAboveHomeM,
    headingDeg: position.headingDeg,
    groundSpeedMps: position.groundSpeedMps,
    climbMps: position.climbMps,
    ageMs: Math.max(0, nowMs - positionAtMs),
  };
}

function flagsOf(session: VehicleSession, nowMs: number): number {
  const { flight, track } = session;
  const link = linkState(nowMs - track.heartbeatAtMs);
  const isOldPosition = nowMs - track.positionAtMs > liveAgeMsMax;
  let flags = 0;
  if (track.heartbeat?.armed ?? isFlying(session)) flags |= liveFlag.armed;
  // Heard or not: what is drawn is where it was.
  if (link === "stale" || (link === "live" && isOldPosition)) flags |= liveFlag.stale;
  if (link === "lost" || link === "gone") flags |= liveFlag.lost;
  if (flight === undefined || !isFlying(session)) return flags;
  if (flight.conformance.state === "nonconforming") flags |= liveFlag.nonconforming;
  if (flight.conformance.state === "contingent") flags |= liveFlag.contingent;
  if (!ownsBooking(session)) flags |= liveFlag.unbooked;
  return flags;
}

function ownsBooking({ flight }: VehicleSession): boolean {
  return flight !== undefined && isOwnBinding(flight.binding);
}
