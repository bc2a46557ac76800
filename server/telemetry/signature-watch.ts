// Raises the alarm that frames of a vehicle are refused by their signature, and takes it back once
// they have stopped. It needs no session: a vehicle that is never believed has none. Called by
// telemetry-flow.ts.
import type { AlarmCondition } from "../../contract/wire/alarm.ts";
import type { JournalEvent } from "../../contract/wire/journal-event.ts";
import type { WatchPlan } from "../../contract/wire/watch-plan.ts";
import {
  canReopen,
  raisedAlarm,
  returnedAlarm,
  type AlarmSubject,
} from "../domain/flight/alarm.ts";
import { subjectOf } from "./alarms.ts";
import type { SignatureRefusal } from "./ports.ts";
import { registeredName } from "./vehicle-name.ts";
import type { VehicleSession } from "./vehicle-session.ts";

/** So many refused frames within the window raise it: one may be damage that the CRC missed. */
const refusedToRaise = 3;
/** The window, and how long none may come before it is over. */
const windowMs = 10_000;

const cause = { kind: "signatureRefused", zoneId: null, zoneName: null, limit: null } as const;

interface Refusals {
  sinceMs: number;
  count: number;
  lastAtMs: number;
}

export interface SignatureWatchPorts {
  readonly tell: (atMs: number, event: JournalEvent) => void;
  readonly newId: () => string;
  readonly sessionOf: (sysid: number) => VehicleSession | undefined;
}

/** One alarm for each system id at a time. */
export class SignatureWatch {
  private readonly ports: SignatureWatchPorts;
  private readonly refusals = new Map<number, Refusals>();
  private readonly alarms = new Map<number, AlarmCondition>();

  constructor(ports: SignatureWatchPorts) {
    this.ports = ports;
  }

  /** Alarms that stood, or may be re-opened, when ingest last ended. */
  resume(conditions: readonly AlarmCondition[], nowMs: number): void {
    for (const condition of conditions) {
      this.alarms.set(condition.sysid, condition);
      if (condition.state !== "standing") continue;
      this.refusals.set(condition.sysid, { sinceMs: nowMs, count: 0, lastAtMs: nowMs });
    }
  }

  refused(sysid: number, why: SignatureRefusal, plan: WatchPlan, atMs: number): void {
    if (why === "repeated") return;
    const known = this.refusals.get(sysid);
    const isOver = known === undefined || atMs - known.sinceMs > windowMs;
    const now = isOver ? { sinceMs: atMs, count: 0, lastAtMs: atMs } : known;
    now.count += 1;
    now.lastAtMs = atMs;
    this.refusals.set(sysid, now);
    if (now.count >= refusedToRaise) this.raise(sysid, plan, atMs);
  }

  tick(nowMs: number): void {
    for (const [sysid, { lastAtMs }] of this.refusals) {
      if (nowMs - lastAtMs < windowMs) continue;
      this.refusals.delete(sysid);
      const before = this.alarms.get(sysid);
      const returned = before === undefined ? undefined : returnedAlarm(before, nowMs);
      if (returned !== undefined) this.keep(returned, nowMs);
    }
    for (const [sysid, condition] of this.alarms) {
      if (!canReopen(condition, nowMs)) this.alarms.delete(sysid);
    }
  }

  /** True while frames of the system are refused. */
  stands(sysid: number): boolean {
    return this.alarms.get(sysid)?.state === "standing";
  }

  private raise(sysid: number, plan: WatchPlan, atMs: number): void {
    const before = this.alarms.get(sysid);
    if (before?.state === "standing") return;
    const session = this.ports.sessionOf(sysid);
    const subject = session === undefined ? strangerOf(sysid, plan) : subjectOf(session, plan);
    const isSameFlight = before?.flightId === subject.flightId;
    const known = isSameFlight ? before : undefined;
    const raised = raisedAlarm(known, cause, subject, null, atMs, this.ports.newId);
    if (raised !== undefined) this.keep(raised, atMs);
  }

  private keep(condition: AlarmCondition, atMs: number): void {
    this.alarms.set(condition.sysid, condition);
    this.ports.tell(atMs, { kind: "alarmChanged", condition });
  }
}

/** Whom it says it is; that is all that is known of it. */
function strangerOf(sysid: number, plan: WatchPlan): AlarmSubject {
  const track = { autopilotUid: undefined };
  const { name, organisationId } = registeredName({ sysid, isTwin: false, track }, plan, undefined);
  return {
    vehicleKey: `sysid-${sysid}`,
    vehicleName: name,
    sysid,
    flightId: null,
    bookingId: null,
    bookingTitle: null,
    organisationId,
    contactPhone: null,
    pilotName: null,
    siteId: null,
    planVersion: plan.version,
  };
}
