// One vehicle between two boots, as the telemetry flow knows it: the state that its steps share.
// Read by the live picture, written by the flow's own files only.
import type { AlarmCondition } from "../../contract/wire/alarm.ts";
import type { Binding } from "../../contract/wire/flight.ts";
import { emptyWatchState, type WatchState } from "../domain/airspace/airspace-watch.ts";
import type { FlightConformance } from "../domain/flight/conformance-of-flight.ts";
import type { FigureCount } from "../domain/flight/flight-figures.ts";
import type { LiveClock } from "../domain/flight/live-clock.ts";
import type { RebootPace } from "../domain/flight/reboot-pace.ts";
import { emptyTrack, type VehicleTrack } from "../domain/flight/vehicle-track.ts";
import type { Link } from "./links.ts";
import { RecentPrints } from "./recent-prints.ts";
import type { SessionIdentity, SessionRecord } from "./ports.ts";

/** How long an address that a vehicle has left is still listened to for its record. */
export const leftLinkSilenceMsMax = 60_000;

/** A flight from arming until it is sealed. */
export interface OpenFlight {
  readonly id: string;
  readonly aircraftId: string | null;
  readonly aircraftName: string;
  readonly organisationId: string | null;
  readonly binding: Binding;
  /** What was decided at arming; what holds again where a binding by hand is taken back. */
  readonly atArming: Binding;
  readonly bookingTitle: string | null;
  readonly siteId: string | null;
  readonly armedAtMs: number;
  /** Null while it flies. */
  readonly disarmedAtMs: number | null;
  readonly conformance: FlightConformance;
  readonly count: FigureCount;
}

/** Everything that is known of one vehicle. */
export interface VehicleSession extends SessionIdentity {
  readonly record: SessionRecord;
  /** Number in the live snapshots; the same for the vehicle's next session. */
  readonly liveId: number;
  /** A second sender of a sysid: known to nobody, bound to no booking. */
  readonly isTwin: boolean;
  /** Where it is answered; undefined after a restart of ours, until it is heard again. */
  link: Link | undefined;
  /** Last frame of its autopilot by that link. */
  linkHeardAtMs: number;
  /** Another sender uses its system id, or may: no command goes to either until that is settled. */
  isAmbiguous: boolean;
  /** Every link it was heard on: their frames are in its record. */
  readonly links: Set<Link>;
  track: VehicleTrack;
  clock: LiveClock | undefined;
  /** Its newest frames with a boot clock: one that comes by two links is taken once. */
  readonly prints: RecentPrints;
  /** Its newest frames of every kind, kept while it is open whether another sender is it. */
  readonly allPrints: RecentPrints;
  /** Frames of its autopilot by the link it is answered by, of message ids below 256. */
  readonly messageCounts: Uint32Array;
  /** Last frame of its autopilot, and last position report (known position or not). */
  lastFrameAtMs: number;
  /** Its reboots of late, those of its earlier sessions included. */
  reboots: RebootPace;
  lastPositionReportAtMs: number;
  /** Silence counts from the last heartbeat, but not from before this: ours was not the drone's. */
  silenceFromMs: number;
  /** Receipt of its last known position; at first when it, or we, began. */
  positionHeardAtMs: number;
  /** First of the positions that were too late to judge, since the last that was in time. */
  lateSinceMs: number | undefined;
  /** Of its newest frame; undefined where signatures are not looked at. */
  signing: "verified" | "unsigned" | undefined;
  /** The aircraft whose key signed it last. */
  signedBy: string | undefined;
  flight: OpenFlight | undefined;
  watch: WatchState;
  /** Standing, and those that may still be re-opened, by cause key. */
  readonly alarms: Map<string, AlarmCondition>;
}

const countedMessages = 256;

/** For the real rates of messages; those that are asked for have ids below 256. */
export function countMessage({ messageCounts }: VehicleSession, messageId: number): void {
  if (messageId < countedMessages) messageCounts[messageId] = (messageCounts[messageId] ?? 0) + 1;
}

/** A session about which nothing is known yet but that it was heard. */
export function newSession(
  identity: SessionIdentity,
  record: SessionRecord,
  liveId: number,
  isTwin: boolean,
  heardAtMs: number,
): VehicleSession {
  return {
    ...identity,
    record,
    liveId,
    isTwin,
    link: undefined,
    linkHeardAtMs: heardAtMs,
    isAmbiguous: false,
    links: new Set(),
    track: { ...emptyTrack, heartbeatAtMs: heardAtMs },
    clock: undefined,
    prints: new RecentPrints(),
    allPrints: new RecentPrints(),
    messageCounts: new Uint32Array(countedMessages),
    lastFrameAtMs: heardAtMs,
    reboots: [],
    lastPositionReportAtMs: 0,
    silenceFromMs: heardAtMs,
    positionHeardAtMs: heardAtMs,
    lateSinceMs: undefined,
    signing: undefined,
    signedBy: undefined,
    flight: undefined,
    watch: emptyWatchState,
    alarms: new Map(),
  };
}

/** True between arming and disarming, as the flight is known. */
export function isFlying({ flight }: VehicleSession): boolean {
  return flight?.disarmedAtMs === null;
}

/**
 * For how long its autopilot has been silent while we listened, ms. What is judged by silence is
 * judged by this; what is told of it is told by the age of its last heartbeat.
 */
export function heardSilenceMs({ track, silenceFromMs }: VehicleSession, nowMs: number): number {
  return nowMs - Math.max(track.heartbeatAtMs, silenceFromMs);
}

/** Its record gets what the link held, and every frame of the link from now on. */
export function joinLink(session: VehicleSession, link: Link): void {
  if (session.links.has(link)) return;
  session.links.add(link);
  link.join(session.record);
}

/**
 * Earlier addresses that have fallen silent are left: what a stranger sends from there later is no
 * part of the record, and a drone that changes its address for ever holds few of them.
 */
export function leaveSilentLinks(session: VehicleSession, nowMs: number): void {
  for (const link of session.links) {
    if (link === session.link || nowMs - link.lastHeardAtMs <= leftLinkSilenceMsMax) continue;
    session.links.delete(link);
    link.leave(session.record);
  }
}

export function leaveLinks(session: VehicleSession): void {
  for (const link of session.links) link.leave(session.record);
  session.links.clear();
}
