// The life of an alarm. Ingest owns its condition (raised, worse, returned), people own the rest
// (acknowledged); what is shown is one pure function of both. Called by telemetry/alarms.ts, and by
// the web process for every alarm it shows.
import type {
  Alarm,
  AlarmCondition,
  AlarmKind,
  AlarmPlace,
  AlarmPriority,
} from "../../../contract/wire/alarm.ts";
import { reopenWithinMs } from "../airspace/cause-life.ts";

const priorities: Readonly<Record<AlarmKind, AlarmPriority>> = {
  keepOut: "emergency",
  operatingArea: "high",
  volumeLateral: "high",
  volumeCeiling: "high",
  heightLimit: "high",
  linkLost: "high",
  wrongDrone: "high",
  duplicateSysid: "high",
  // While it stands nobody judges where the drone is.
  telemetryLate: "high",
  positionLost: "high",
  signatureRefused: "high",
  wrongAutopilot: "high",
  // The order changed nothing as far as anybody knows: somebody must call.
  orderUnanswered: "high",
  volumeFloor: "low",
  unbooked: "low",
  overrun: "low",
  linkFlooded: "low",
};

/** How soon someone must act on it. Few are emergencies, or none is. */
export function alarmPriority(kind: AlarmKind): AlarmPriority {
  return priorities[kind];
}

/** Why an alarm stands: what names it among those of one vehicle, and the limit concerned. */
export type AlarmCause = Pick<AlarmCondition, "kind" | "zoneId" | "zoneName" | "limit">;

/** Whom it concerns, as known when it was raised. */
export type AlarmSubject = Omit<
  AlarmCondition,
  | keyof AlarmCause
  | "id"
  | "priority"
  | "state"
  | "raisedAtMs"
  | "lastRaisedAtMs"
  | "returnedAtMs"
  | "count"
  | "worse"
  | "worsenedAtMs"
  | "worsenedCount"
  | "first"
  | "worst"
>;

/**
 * Names a cause among those of one vehicle, as the airspace watch does: two causes with one key are
 * one alarm. Zones to stay out of are causes each; the volumes and areas to stay in are one.
 */
export function causeKey({ kind, zoneId }: Pick<AlarmCondition, "kind" | "zoneId">): string {
  const isEach = kind === "keepOut" || kind === "heightLimit";
  return isEach && zoneId !== null ? `${kind}:${zoneId}` : kind;
}

/**
 * The condition after its cause was seen: a new alarm, the same one re-opened, or undefined where
 * it stands already and nothing has changed.
 */
export function raisedAlarm(
  before: AlarmCondition | undefined,
  cause: AlarmCause,
  subject: AlarmSubject,
  place: AlarmPlace | null,
  atMs: number,
  newId: () => string,
): AlarmCondition | undefined {
  if (before?.state === "standing") return undefined;
  if (before !== undefined && canReopen(before, atMs)) {
    const worse = isWorse(before.worst, place);
    return {
      ...before,
      ...subject,
      state: "standing",
      lastRaisedAtMs: atMs,
      returnedAtMs: null,
      count: before.count + 1,
      worse,
      worsenedAtMs: worse ? atMs : before.worsenedAtMs,
      worsenedCount: before.worsenedCount + (worse ? 1 : 0),
      worst: worse ? place : before.worst,
    };
  }
  return {
    id: newId(),
    ...cause,
    ...subject,
    priority: alarmPriority(cause.kind),
    state: "standing",
    raisedAtMs: atMs,
    lastRaisedAtMs: atMs,
    returnedAtMs: null,
    count: 1,
    worse: false,
    worsenedAtMs: null,
    worsenedCount: 0,
    first: place,
    worst: place,
  };
}

/** The condition after it became clearly worse; the caller decides what is clearly. */
export function worsenedAlarm(
  before: AlarmCondition,
  place: AlarmPlace | null,
  atMs: number,
): AlarmCondition {
  return {
    ...before,
    worse: true,
    worsenedAtMs: atMs,
    worsenedCount: before.worsenedCount + 1,
    worst: place ?? before.worst,
  };
}

/**
 * The condition after its cause went; undefined where it had gone before.
 *
 * @param worst Where the limit was passed farthest in the end; null where that is not known.
 */
export function returnedAlarm(
  before: AlarmCondition,
  atMs: number,
  worst: AlarmPlace | null = null,
): AlarmCondition | undefined {
  if (before.state === "returned") return undefined;
  return { ...before, state: "returned", returnedAtMs: atMs, worst: worst ?? before.worst };
}

/** False once a return is too long ago: what comes then is a new alarm. */
export function canReopen(condition: AlarmCondition, nowMs: number): boolean {
  return condition.returnedAtMs === null || nowMs - condition.returnedAtMs <= reopenWithinMs;
}

function isWorse(worst: AlarmPlace | null, place: AlarmPlace | null): boolean {
  return (place?.excessM ?? 0) > (worst?.excessM ?? Number.POSITIVE_INFINITY);
}

/** What somebody saw when acknowledging an alarm; null count where only the time was kept. */
export interface SeenAlarm {
  readonly atMs: number;
  readonly seenWorsenedCount: number | null;
}

/**
 * What people see of an alarm (ISA-18.2). An acknowledgement holds through returns and re-openings
 * until the alarm becomes worse than what was seen: by count, since the clocks of who raises and
 * who acknowledges are not one.
 *
 * @param acknowledgement The last one; null where nobody has acknowledged it.
 */
export function shownAlarm(
  condition: Pick<AlarmCondition, "state" | "worsenedAtMs" | "worsenedCount">,
  acknowledgement: SeenAlarm | null,
): Alarm["shown"] {
  const isKnown = acknowledgement !== null && hasSeen(acknowledgement, condition);
  if (condition.state === "standing") return isKnown ? "acknowledged" : "unacknowledged";
  return isKnown ? "cleared" : "returnedUnacknowledged";
}

function hasSeen(
  { atMs, seenWorsenedCount }: SeenAlarm,
  { worsenedAtMs, worsenedCount }: Pick<AlarmCondition, "worsenedAtMs" | "worsenedCount">,
): boolean {
  if (seenWorsenedCount !== null) return seenWorsenedCount >= worsenedCount;
  // From when neither was counted: only then do the times say it.
  return worsenedCount === 0 && atMs >= (worsenedAtMs ?? 0);
}
