// What was open when ingest ended, from the journal alone: sessions, their flights, their alarms,
// and flights still to be sealed. A fold over its entries; called by server/ingest/main.ts.
import { alarmKindSchema, type AlarmCondition, type AlarmKind } from "../../contract/wire/alarm.ts";
import type { SessionEnd } from "../../contract/wire/flight.ts";
import type { JournalEntry, JournalEvent } from "../../contract/wire/journal-event.ts";
import { canReopen } from "../domain/flight/alarm.ts";
import { conforming } from "../domain/flight/conformance-of-flight.ts";
import { emptyFigureCount } from "../domain/flight/flight-figures.ts";
import type { SealRequest, SessionIdentity } from "../telemetry/ports.ts";
import type { OpenFlight } from "../telemetry/vehicle-session.ts";

/** An open session as the journal tells it; its figures and track come from its record. */
export interface OpenSession {
  readonly identity: SessionIdentity;
  readonly flight: OpenFlight | undefined;
  /** Standing, and returned so lately that they may be re-opened. */
  readonly alarms: readonly AlarmCondition[];
}

export interface IngestState {
  readonly sessions: readonly OpenSession[];
  /** Alarms of links rather than of vehicles, as `OpenSession.alarms`. */
  readonly linkAlarms: readonly AlarmCondition[];
  /** Flights that ended with no seal, oldest first. */
  readonly unsealed: readonly SealRequest[];
  /** Of refused signatures, standing or to be re-opened: they belong to no session. */
  readonly signatureAlarms: readonly AlarmCondition[];
}

interface UnsealedFlight {
  readonly sessionId: string;
  flight: OpenFlight;
  /** What ended its session. */
  sessionEnd?: SessionEnd;
}

/** New alarms after which those that are over are forgotten: a journal may hold millions. */
const alarmsSweptBy = 1_000;

interface Fold {
  readonly sessions: Map<string, SessionIdentity>;
  readonly flights: Map<string, UnsealedFlight>;
  readonly alarms: Map<string, AlarmCondition>;
}

/** Takes the journal's entries in order, and then says what is open. */
export class IngestStateFold {
  private readonly fold: Fold = { sessions: new Map(), flights: new Map(), alarms: new Map() };
  private alarmsKept = 0;

  follow({ atMs, event }: JournalEntry): void {
    apply(this.fold, event, atMs);
    if (this.fold.alarms.size < this.alarmsKept + alarmsSweptBy) return;
    for (const [id, alarm] of this.fold.alarms) {
      if (!canReopen(alarm, atMs)) this.fold.alarms.delete(id);
    }
    this.alarmsKept = this.fold.alarms.size;
  }

  /** @param nowMs Decides which returned alarms may still be re-opened. */
  state(nowMs: number): IngestState {
    return stateOf(this.fold, nowMs);
  }
}

function stateOf(fold: Fold, nowMs: number): IngestState {
  const newest = new Map([...fold.flights.values()].map((one) => [one.sessionId, one.flight]));
  const sessions = [...fold.sessions.values()].map((identity): OpenSession => {
    const flight = newest.get(identity.sessionId);
    const alarms = [...fold.alarms.values()].filter(
      (alarm) =>
        alarm.vehicleKey === identity.vehicleKey &&
        alarm.kind !== "signatureRefused" &&
        canReopen(alarm, nowMs),
    );
    return { identity, flight, alarms };
  });
  const linkAlarms = [...fold.alarms.values()].filter(
    (alarm) => alarm.kind === "linkFlooded" && canReopen(alarm, nowMs),
  );
  const isOpen = (sessionId: string, flight: OpenFlight): boolean =>
    fold.sessions.has(sessionId) && newest.get(sessionId) === flight;
  const unsealed = [...fold.flights.values()]
    .filter(({ sessionId, flight }) => !isOpen(sessionId, flight))
    .map(({ sessionId, sessionEnd, flight: { id: flightId, armedAtMs, disarmedAtMs } }) => {
      const isArmed = disarmedAtMs === null && sessionEnd !== undefined;
      const endedBy = isArmed ? { endedBy: sessionEnd } : {};
      return { flightId, sessionId, armedAtMs, disarmedAtMs, ...endedBy };
    });
  const signatureAlarms = [...fold.alarms.values()].filter(
    (alarm) => alarm.kind === "signatureRefused" && canReopen(alarm, nowMs),
  );
  return { sessions, linkAlarms, unsealed, signatureAlarms };
}

function apply(fold: Fold, event: JournalEvent, atMs: number): void {
  switch (event.kind) {
    case "sessionOpened": {
      const { sessionId, vehicleKey, sysid, compid, startMs } = event;
      fold.sessions.set(sessionId, { sessionId, vehicleKey, sysid, compid, startMs });
      return;
    }
    case "sessionClosed":
      fold.sessions.delete(event.sessionId);
      for (const known of fold.flights.values()) {
        if (known.sessionId === event.sessionId) known.sessionEnd = event.reason;
      }
      return;
    case "flightStarted":
      fold.flights.set(event.flightId, { sessionId: event.sessionId, flight: begun(event) });
      return;
    case "flightBound": {
      const { flightId, binding, bookingTitle, organisationId } = event;
      change(fold, flightId, { binding, bookingTitle, organisationId });
      return;
    }
    case "flightLanded": {
      change(fold, event.flightId, { disarmedAtMs: event.disarmedAtMs });
      return;
    }
    case "flightContinued": {
      change(fold, event.flightId, { disarmedAtMs: null });
      return;
    }
    case "flightSealed":
      fold.flights.delete(event.flightId);
      return;
    case "conformanceChanged": {
      const { flightId, state } = event;
      const before = fold.flights.get(flightId)?.flight.conformance;
      const sinceMs = state === "conforming" ? null : (before?.sinceMs ?? atMs);
      const causes = kindsOf(event.causes);
      change(fold, flightId, { conformance: { state, sinceMs, causes } });
      return;
    }
    case "alarmChanged":
      fold.alarms.set(event.condition.id, event.condition);
      return;
    case "commandChanged":
    case "transferChanged":
      return;
  }
}

function change(fold: Fold, flightId: string, by: Partial<OpenFlight>): void {
  const known = fold.flights.get(flightId);
  if (known !== undefined) known.flight = { ...known.flight, ...by };
}

function begun(event: Extract<JournalEvent, { kind: "flightStarted" }>): OpenFlight {
  return {
    id: event.flightId,
    aircraftId: event.aircraftId,
    aircraftName: event.aircraftName,
    organisationId: event.organisationId,
    binding: event.binding,
    atArming: event.binding,
    bookingTitle: event.bookingTitle,
    siteId: event.siteId,
    armedAtMs: event.armedAtMs,
    disarmedAtMs: null,
    conformance: conforming,
    count: emptyFigureCount,
  };
}

function kindsOf(causes: readonly string[]): AlarmKind[] {
  return causes.flatMap((cause) => alarmKindSchema.safeParse(cause).data ?? []);
}
