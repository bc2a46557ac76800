// The alarms of the telemetry flow: step 6. Turns causes that stand or have gone into conditions,
// each journalled as it changes; decides nothing of its own but whom an alarm concerns.
import type { AlarmCondition, AlarmKind, AlarmPlace } from "../../contract/wire/alarm.ts";
import type { JournalEvent } from "../../contract/wire/journal-event.ts";
import type { WatchPlan } from "../../contract/wire/watch-plan.ts";
import type { WatchChange } from "../domain/airspace/watch-cause.ts";
import {
  canReopen,
  causeKey,
  raisedAlarm,
  returnedAlarm,
  worsenedAlarm,
  type AlarmCause,
  type AlarmSubject,
} from "../domain/flight/alarm.ts";
import { enteredBooking, ownBooking } from "../domain/flight/flight-binding.ts";
import { nameOf } from "./vehicle-name.ts";
import type { VehicleSession } from "./vehicle-session.ts";

export interface AlarmPorts {
  readonly tell: (atMs: number, event: JournalEvent) => void;
  readonly newId: () => string;
}

/** Raises, worsens and returns the alarms of vehicles. */
export class Alarms {
  private readonly ports: AlarmPorts;

  constructor(ports: AlarmPorts) {
    this.ports = ports;
  }

  /** What the airspace watch found. */
  follow(
    session: VehicleSession,
    plan: WatchPlan,
    { change, cause, atMs, place, worst }: WatchChange,
  ): void {
    switch (change) {
      case "raised":
      case "reopened": {
        this.raise(session, plan, cause, place, atMs);
        return;
      }
      case "worsened": {
        this.worsen(session, causeKey(cause), place, atMs);
        return;
      }
      case "returned": {
        this.clear(session, causeKey(cause), atMs, worst);
        return;
      }
    }
  }

  /** A cause that is a fact of the vehicle rather than of a place: standing or not. */
  set(
    session: VehicleSession,
    plan: WatchPlan,
    kind: AlarmKind,
    isStanding: boolean,
    atMs: number,
  ): void {
    if (!isStanding) {
      this.clear(session, kind, atMs);
      return;
    }
    const cause = { kind, zoneId: null, zoneName: null, limit: null };
    this.raise(session, plan, cause, lastPlace(session), atMs);
  }

  /** Its flight has another booking: what stands names that one, and whom to call. */
  rename(session: VehicleSession, plan: WatchPlan, atMs: number): void {
    const { bookingId, bookingTitle, contactPhone, pilotName } = subjectOf(session, plan);
    for (const [key, condition] of session.alarms) {
      if (condition.kind === "wrongDrone") continue;
      if (condition.state !== "standing" || condition.bookingId === bookingId) continue;
      const named = { ...condition, bookingId, bookingTitle, contactPhone, pilotName };
      this.keep(session, key, named, atMs);
    }
  }

  /** Nothing of the kinds that belong to a flight outlasts it. */
  clearAll(session: VehicleSession, atMs: number, except: readonly AlarmKind[] = []): void {
    for (const [key, { kind }] of session.alarms) {
      if (!except.includes(kind)) this.clear(session, key, atMs);
    }
  }

  /** Forgets what can no longer be re-opened. */
  tick(session: VehicleSession, nowMs: number): void {
    for (const [key, condition] of session.alarms) {
      if (!canReopen(condition, nowMs)) session.alarms.delete(key);
    }
  }

  private raise(
    session: VehicleSession,
    plan: WatchPlan,
    cause: AlarmCause,
    place: AlarmPlace | null,
    atMs: number,
  ): void {
    const key = causeKey(cause);
    const before = session.alarms.get(key);
    if (before?.state === "standing") return;
    const subject = {
      ...subjectOf(session, plan),
      ...(cause.kind === "wrongDrone" && enteredSubject(session, plan)),
    };
    const isSameFlight = before?.flightId === subject.flightId;
    const { kind, zoneId, zoneName, limit } = cause;
    const raised = raisedAlarm(
      isSameFlight ? before : undefined,
      { kind, zoneId, zoneName, limit },
      subject,
      place,
      atMs,
      this.ports.newId,
    );
    if (raised !== undefined) this.keep(session, key, raised, atMs);
  }

  private worsen(session: VehicleSession, key: string, place: AlarmPlace, atMs: number): void {
    const before = session.alarms.get(key);
    if (before?.state !== "standing") return;
    this.keep(session, key, worsenedAlarm(before, place, atMs), atMs);
  }

  private clear(
    session: VehicleSession,
    key: string,
    atMs: number,
    worst: AlarmPlace | null = null,
  ): void {
    const before = session.alarms.get(key);
    const returned = before === undefined ? undefined : returnedAlarm(before, atMs, worst);
    if (returned !== undefined) this.keep(session, key, returned, atMs);
  }

  private keep(
    session: VehicleSession,
    key: string,
    condition: AlarmCondition,
    atMs: number,
  ): void {
    session.alarms.set(key, condition);
    this.ports.tell(atMs, { kind: "alarmChanged", condition });
  }
}

/** The kinds that stand now. */
export function standingKinds(session: VehicleSession): AlarmKind[] {
  const kinds: AlarmKind[] = [];
  for (const { state, kind } of session.alarms.values()) {
    if (state === "standing") kinds.push(kind);
  }
  return kinds;
}

/** Where the drone was when it was last heard; null where that is not known. */
function lastPlace({ track: { position } }: VehicleSession): AlarmPlace | null {
  if (position === undefined) return null;
  const { latDeg, lngDeg, altitudeAmslM, altitudeAboveHomeM } = position;
  return { position: { latDeg, lngDeg }, altitudeAmslM, altitudeAboveHomeM, excessM: null };
}

type EnteredSubject = Pick<
  AlarmSubject,
  "bookingId" | "bookingTitle" | "contactPhone" | "pilotName" | "enteredOrganisationId"
>;

/** Whose airspace a wrong drone is in: the one to be warned is that booking's pilot. */
function enteredSubject({ flight }: VehicleSession, plan: WatchPlan): EnteredSubject | undefined {
  if (flight?.binding.kind !== "wrongDrone") return undefined;
  const { bookingId, enteredOrganisationId } = flight.binding;
  const booking = enteredBooking(plan.bookings, flight.binding);
  return {
    bookingId,
    bookingTitle: booking?.title ?? null,
    contactPhone: booking?.contactPhone ?? null,
    pilotName: booking?.pilotName ?? null,
    ...(enteredOrganisationId !== undefined && { enteredOrganisationId }),
  };
}

/** The drone, its flight and its booking with whom to call. */
export function subjectOf(session: VehicleSession, plan: WatchPlan): AlarmSubject {
  const { flight } = session;
  const booking = flight === undefined ? undefined : ownBooking(plan.bookings, flight.binding);
  const { name, organisationId } = nameOf(session, plan);
  const isOwn = flight !== undefined && flight.binding.kind !== "wrongDrone";
  return {
    vehicleKey: session.vehicleKey,
    vehicleName: name,
    sysid: session.sysid,
    flightId: flight?.id ?? null,
    bookingId: isOwn ? flight.binding.bookingId : null,
    bookingTitle: flight?.bookingTitle ?? null,
    organisationId,
    contactPhone: booking?.contactPhone ?? null,
    pilotName: booking?.pilotName ?? null,
    siteId: flight?.siteId ?? null,
    planVersion: plan.version,
  };
}
