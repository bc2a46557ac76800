// The flights of the telemetry flow: arming to disarming, bound to a booking, held to it, sealed.
// Called at each autopilot heartbeat, at each judged sample and at each tick.
import type { SessionEnd } from "../../contract/wire/flight.ts";
import type { Position } from "../../contract/wire/geometry.ts";
import type { JournalEvent } from "../../contract/wire/journal-event.ts";
import type { WatchPlan } from "../../contract/wire/watch-plan.ts";
import { emptyWatchState } from "../domain/airspace/airspace-watch.ts";
import { distanceM } from "../domain/airspace/local-plane.ts";
import type { PreparedAirspace } from "../domain/airspace/prepared-airspace.ts";
import {
  breachKinds,
  conformanceAfter,
  conforming,
} from "../domain/flight/conformance-of-flight.ts";
import { bindFlight, isOwnBinding, ownBooking } from "../domain/flight/flight-binding.ts";
import { countPosition, emptyFigureCount } from "../domain/flight/flight-figures.ts";
import { flightStep, isDueToSeal } from "../domain/flight/flight-life.ts";
import type { PositionSample } from "../domain/flight/sample.ts";
import { standingKinds, type Alarms } from "./alarms.ts";
import { bookingsOf, registeredName } from "./vehicle-name.ts";
import type { HeardFrame, TelemetryPorts } from "./ports.ts";
import { isFlying, type OpenFlight, type VehicleSession } from "./vehicle-session.ts";

/** What the watch judges by at the moment. */
export interface Rules {
  readonly plan: WatchPlan;
  readonly airspace: PreparedAirspace;
}

type FlightBound = Extract<JournalEvent, { kind: "flightBound" }>;

/** A pad further away than this is not where a drone took off. */
const padDistanceMMax = 5_000;

type FlightPorts = Pick<TelemetryPorts<HeardFrame>, "tell" | "seal" | "makeId">;

/** Begins, continues, lands and seals flights. */
export class Flights {
  private readonly ports: FlightPorts;
  private readonly alarms: Alarms;

  constructor(ports: FlightPorts, alarms: Alarms) {
    this.ports = ports;
    this.alarms = alarms;
  }

  /** A heartbeat of its autopilot said whether it is armed. */
  heard(session: VehicleSession, rules: Rules, armed: boolean, atMs: number): void {
    switch (flightStep(session.flight, armed, atMs)) {
      case "start":
        this.sealLanded(session);
        this.start(session, rules, atMs);
        return;
      case "continue": {
        this.continueFlight(session, rules, atMs);
        return;
      }
      case "land": {
        this.land(session, atMs);
        return;
      }
      case "none":
        return;
    }
  }

  /** A position of the flight, in time or not: what was flown is counted. */
  count(session: VehicleSession, position: PositionSample): void {
    const { flight } = session;
    if (flight?.disarmedAtMs !== null) return;
    session.flight = { ...flight, count: countPosition(flight.count, position) };
  }

  /** Says so where the flight keeps to its booking otherwise than before. */
  conform(session: VehicleSession, atMs: number): void {
    const { flight } = session;
    if (flight?.disarmedAtMs !== null) return;
    const { bookingId } = flight.binding;
    if (bookingId === null || !isOwnBinding(flight.binding)) return;
    const conformance = conformanceAfter(flight.conformance, standingKinds(session), atMs);
    if (conformance === flight.conformance) return;
    session.flight = { ...flight, conformance };
    this.ports.tell(atMs, {
      kind: "conformanceChanged",
      flightId: flight.id,
      bookingId,
      state: conformance.state,
      causes: [...conformance.causes],
    });
  }

  /** What time alone does: still armed after the end, not resolved for too long, ready to seal. */
  tick(session: VehicleSession, rules: Rules, nowMs: number): void {
    const { flight } = session;
    if (flight === undefined) return;
    if (isFlying(session)) {
      const booking = ownBooking(rules.plan.bookings, flight.binding);
      if (booking !== undefined) {
        this.alarms.set(session, rules.plan, "overrun", nowMs >= booking.endMs, nowMs);
      }
      if (isOwnBinding(flight.binding)) {
        // Its booking is not known here: nobody can say that it keeps to it.
        this.alarms.set(session, rules.plan, "unbooked", booking === undefined, nowMs);
      }
      this.conform(session, nowMs);
    }
    if (isDueToSeal(flight, nowMs)) this.sealLanded(session);
  }

  /** The session ends: a landed flight is sealed, one still armed has ended without disarming. */
  end(session: VehicleSession, atMs: number, reason: SessionEnd): void {
    this.alarms.clearAll(session, atMs);
    // Its booking is nonconforming by this flight no more; whoever flies it next is judged anew.
    this.conform(session, atMs);
    const { flight } = session;
    if (flight === undefined) return;
    session.flight = undefined;
    this.requestSeal(session, flight, reason);
  }

  /**
   * A controller has bound it: alarms for having no booking end, and it is judged by this one.
   * What stood against a booking that it was bound to by mistake ends; so it does where that is
   * taken back, and what arming decided is told again.
   */
  bind(session: VehicleSession, rules: Rules, bound: FlightBound, atMs: number): void {
    const { flight } = session;
    if (flight === undefined) return;
    const { binding, bookingTitle, organisationId } = bound;
    if (isOwnBinding(flight.binding)) this.leaveBooking(session, rules, atMs);
    session.flight = { ...(session.flight ?? flight), binding, bookingTitle, organisationId };
    this.ports.tell(atMs, bound);
    this.alarms.set(session, rules.plan, "unbooked", false, atMs);
    this.alarms.set(session, rules.plan, "wrongDrone", false, atMs);
    this.alarms.rename(session, rules.plan, atMs);
    if (isFlying(session)) this.tellUnbound(session, rules, atMs);
  }

  private leaveBooking(session: VehicleSession, { plan }: Rules, atMs: number): void {
    for (const kind of breachKinds) this.alarms.set(session, plan, kind, false, atMs);
    const { watch } = session;
    const causes = watch.causes.filter(({ cause }) => !breachKinds.includes(cause.kind));
    session.watch = { ...watch, causes };
    this.conform(session, atMs);
  }

  private start(session: VehicleSession, rules: Rules, atMs: number): void {
    const { plan, airspace } = rules;
    const { sysid } = session;
    const place = placeOf(session);
    const { binding, booking } = bindFlight(bookingsOf(session, plan), sysid, atMs, () =>
      place === undefined
        ? []
        : airspace.volumesContaining(place.position, place.altitudeAmslM, atMs),
    );
    const aircraft = registeredName(session, plan, booking);
    const flight: OpenFlight = {
      id: this.ports.makeId("flight"),
      aircraftId: aircraft.aircraftId,
      aircraftName: aircraft.name,
      organisationId: booking?.organisationId ?? aircraft.organisationId,
      binding,
      atArming: binding,
      bookingTitle: booking?.title ?? null,
      siteId: booking?.siteId ?? nearestSiteId(plan, place?.position),
      armedAtMs: atMs,
      disarmedAtMs: null,
      conformance: conforming,
      count: emptyFigureCount,
    };
    session.flight = flight;
    session.watch = emptyWatchState;
    this.ports.tell(atMs, {
      kind: "flightStarted",
      flightId: flight.id,
      sessionId: session.sessionId,
      vehicleKey: session.vehicleKey,
      sysid,
      aircraftId: flight.aircraftId,
      aircraftName: flight.aircraftName,
      organisationId: flight.organisationId,
      binding,
      bookingTitle: flight.bookingTitle,
      siteId: flight.siteId,
      armedAtMs: atMs,
      planVersion: plan.version,
      zones: plan.zones.map(({ id, version }) => ({ id, version })),
    });
    this.tellUnbound(session, rules, atMs);
  }

  private continueFlight(session: VehicleSession, rules: Rules, atMs: number): void {
    const { flight } = session;
    if (flight === undefined) return;
    session.flight = { ...flight, disarmedAtMs: null };
    this.ports.tell(atMs, { kind: "flightContinued", flightId: flight.id, armedAtMs: atMs });
    this.tellUnbound(session, rules, atMs);
  }

  private tellUnbound(session: VehicleSession, { plan }: Rules, atMs: number): void {
    const kind = session.flight?.binding.kind;
    if (kind === "unbooked" || kind === "wrongDrone") {
      this.alarms.set(session, plan, kind, true, atMs);
    }
  }

  private land(session: VehicleSession, atMs: number): void {
    const { flight } = session;
    if (flight === undefined) return;
    // Airspace is judged only between arming and disarming.
    this.alarms.clearAll(session, atMs, ["duplicateSysid", "wrongAutopilot"]);
    this.conform(session, atMs);
    session.watch = emptyWatchState;
    session.lateSinceMs = undefined;
    session.flight = { ...(session.flight ?? flight), disarmedAtMs: atMs };
    this.ports.tell(atMs, {
      kind: "flightLanded",
      flightId: flight.id,
      disarmedAtMs: atMs,
      figures: flight.count.figures,
    });
  }

  private sealLanded(session: VehicleSession): void {
    const { flight } = session;
    if (flight === undefined) return;
    session.flight = undefined;
    this.requestSeal(session, flight);
  }

  private requestSeal(session: VehicleSession, flight: OpenFlight, reason?: SessionEnd): void {
    const { id: flightId, armedAtMs, disarmedAtMs } = flight;
    const { sessionId } = session;
    const endedBy = disarmedAtMs === null && reason !== undefined ? { endedBy: reason } : {};
    this.ports.seal({ flightId, sessionId, armedAtMs, disarmedAtMs, ...endedBy });
  }
}

function placeOf({
  track: { position },
}: VehicleSession): { position: Position; altitudeAmslM: number } | undefined {
  if (position === undefined) return undefined;
  const { latDeg, lngDeg, altitudeAmslM } = position;
  return { position: { latDeg, lngDeg }, altitudeAmslM };
}

/** The site whose pad or landing station is nearest, within 5 km. */
function nearestSiteId(plan: WatchPlan, position: Position | undefined): string | null {
  if (position === undefined) return null;
  let nearest: { siteId: string; awayM: number } | undefined;
  for (const { kind, siteId, position: padPosition } of plan.resources) {
    if (kind === "chargingBay") continue;
    const awayM = distanceM(position, padPosition);
    if (awayM <= (nearest?.awayM ?? padDistanceMMax)) nearest = { siteId, awayM };
  }
  return nearest?.siteId ?? null;
}
