// A session as it was when ingest ended, taken up again: neither a restart nor kill -9 ends a
// flight, loses an alarm or raises it twice. Made from journal and record by
// server/ingest/resume-sessions.ts.
import type { AlarmCondition } from "../../contract/wire/alarm.ts";
import type { WatchState } from "../domain/airspace/airspace-watch.ts";
import { causeKey } from "../domain/flight/alarm.ts";
import { linkState } from "../domain/flight/link-health.ts";
import type { LiveClock } from "../domain/flight/live-clock.ts";
import type { PositionSample } from "../domain/flight/sample.ts";
import { emptyTrack, type VehicleTrack } from "../domain/flight/vehicle-track.ts";
import type { SessionIdentity, SessionRecord } from "./ports.ts";
import { newSession, type OpenFlight, type VehicleSession } from "./vehicle-session.ts";

/** What the journal and the record say of an open session. */
export interface ResumedSession {
  readonly identity: SessionIdentity;
  /** A second sender of its sysid. */
  readonly isTwin: boolean;
  readonly record: SessionRecord;
  /** Its record cannot be gone on with: it ends, and another session begins when it is heard. */
  readonly isUnreadable?: boolean;
  /** Stamp of the last frame of its autopilot in the record. */
  readonly lastHeardAtMs: number;
  /** What its autopilot said last, but for the position; absent where no frame of it was found. */
  readonly told?: VehicleTrack | undefined;
  readonly lastPosition: { readonly sample: PositionSample; readonly atMs: number } | undefined;
  readonly clock: LiveClock | undefined;
  readonly flight: OpenFlight | undefined;
  /** Standing, and returned not long ago. */
  readonly alarms: readonly AlarmCondition[];
}

/** Alarms that belong to no session: standing, and returned not long ago. */
export interface OpenAlarms {
  readonly linkAlarms: readonly AlarmCondition[];
  readonly signatureAlarms: readonly AlarmCondition[];
}

export const noOpenAlarms: OpenAlarms = { linkAlarms: [], signatureAlarms: [] };

/** When ingest surely still heard, epoch ms: the last that any drone was heard before it ended. */
export function heardUntilMs(sessions: readonly ResumedSession[], nowMs: number): number {
  const heard = sessions.map(({ lastHeardAtMs }) => lastHeardAtMs).filter((atMs) => atMs < nowMs);
  return Math.max(0, ...heard);
}

/**
 * The session as it goes on, heard last when it was. Our own silence is not the drone's: its link
 * is judged from now, but for one that was lost, or silent while others were heard: that stays so
 * until it is heard.
 */
export function resumedSession(
  resumed: ResumedSession,
  liveId: number,
  nowMs: number,
  untilMs: number,
): VehicleSession {
  const { identity, record, isTwin, lastPosition, clock, flight, alarms, lastHeardAtMs } = resumed;
  const isTold = alarms.some(({ kind, state }) => kind === "linkLost" && state === "standing");
  const isLost = isTold || linkState(untilMs - lastHeardAtMs) === "gone";
  const session = newSession(identity, record, liveId, isTwin, lastHeardAtMs);
  session.silenceFromMs = isLost ? lastHeardAtMs : nowMs;
  session.positionHeardAtMs = session.silenceFromMs;
  session.clock = clock;
  session.flight = flight;
  session.track = toldTrack(resumed);
  if (lastPosition !== undefined) {
    const { sample: position, atMs: positionAtMs } = lastPosition;
    session.track = { ...session.track, position, positionAtMs };
  }
  const isBlind = alarms.some(({ kind, state }) => kind === "positionLost" && state === "standing");
  if (isBlind) session.positionHeardAtMs = lastPosition?.atMs ?? identity.startMs;
  session.watch = watchStateOf(alarms);
  for (const condition of alarms) session.alarms.set(causeKey(condition), condition);
  return session;
}

/** Whether it was armed the journal says: the record may lack its last second. */
function toldTrack({ told = emptyTrack, flight, lastHeardAtMs }: ResumedSession): VehicleTrack {
  const { heartbeat } = told;
  if (heartbeat === undefined) return { ...told, heartbeatAtMs: lastHeardAtMs };
  return { ...told, heartbeat: { ...heartbeat, armed: flight?.disarmedAtMs === null } };
}

/** The airspace causes that stood go on standing until the watch says that they have returned. */
function watchStateOf(alarms: readonly AlarmCondition[]): WatchState {
  const ofAirspace = alarms.filter(({ kind }) => airspaceKinds.has(kind));
  return {
    last: null,
    causes: ofAirspace.map((condition) => {
      const { kind, zoneId, zoneName, limit, state, returnedAtMs, worst } = condition;
      return {
        cause: { key: causeKey(condition), kind, zoneId, zoneName, limit },
        phase: state,
        clearSinceMs: null,
        returnedAtMs,
        toldExcessM: worst?.excessM ?? 0,
        worst,
      };
    }),
  };
}

const airspaceKinds: ReadonlySet<AlarmCondition["kind"]> = new Set([
  "volumeLateral",
  "volumeCeiling",
  "volumeFloor",
  "operatingArea",
  "keepOut",
  "heightLimit",
]);
