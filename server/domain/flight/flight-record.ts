// A flight as the journal tells it, entry by entry. Called by the projection into the database and
// by the web process for the flights it shows live, so that both always say the same.
import type { ConformanceState, Flight } from "../../../contract/wire/flight.ts";
import type { JournalEvent } from "../../../contract/wire/journal-event.ts";
import type { StayingFlight } from "../booking/operational-intent.ts";
import { isOwnBinding } from "./flight-binding.ts";

/** A flight as people see it, with what else is known of it. */
export interface FlightRecord {
  readonly flight: Flight;
  /** How it kept to its booking last; null before the first judgement. */
  readonly conformance: ConformanceState | null;
  /** The worst it was against the booking that it has now; absent before the first judgement. */
  readonly worst?: ConformanceState | undefined;
  /** Half-open range of the session's record, once sealed. */
  readonly log: { readonly fromByte: number; readonly toByte: number } | null;
  /** The zone versions it was judged by. */
  readonly zones: readonly { readonly id: string; readonly version: number }[];
}

/** The flight that an event concerns, or undefined. */
export function flightIdOf(event: JournalEvent): string | undefined {
  switch (event.kind) {
    case "flightStarted":
    case "flightBound":
    case "flightLanded":
    case "flightContinued":
    case "flightSealed":
    case "conformanceChanged":
      return event.flightId;
    case "alarmChanged":
      return event.condition.flightId ?? undefined;
    case "sessionOpened":
    case "sessionClosed":
    case "commandChanged":
    case "transferChanged":
      return undefined;
  }
}

/**
 * The flight after one more event of its own; undefined where nobody knows the flight. A journal
 * told again from its beginning starts no flight anew, but for one that was given up as lost, and
 * changes no sealed one; a binding by hand may come after the seal.
 *
 * @param isNewAlarm True where an alarmChanged is the first of its alarm.
 */
export function flightAfter(
  before: FlightRecord | undefined,
  event: JournalEvent,
  atMs: number,
  isNewAlarm: boolean,
): FlightRecord | undefined {
  if (event.kind === "flightStarted") {
    return before === undefined ? startedFlight(event) : foundFlight(before);
  }
  if (before === undefined) return before;
  if (event.kind === "flightBound") return boundFlight(before, event);
  if (before.flight.state === "sealed") return before;
  const { flight } = before;
  switch (event.kind) {
    case "flightLanded": {
      const { disarmedAtMs, figures } = event;
      return {
        ...before,
        flight: { ...flight, state: "landed", endedBy: "disarmed", disarmedAtMs, figures },
      };
    }
    case "flightContinued":
      return {
        ...before,
        flight: { ...flight, state: "flying", endedBy: null, disarmedAtMs: null },
      };
    case "flightSealed":
      return sealedFlight(before, event, atMs);
    case "conformanceChanged":
      return { ...before, conformance: event.state, worst: worse(before.worst, event.state) };
    case "alarmChanged":
      if (!isNewAlarm) return before;
      return { ...before, flight: { ...flight, alarmCount: flight.alarmCount + 1 } };
    case "sessionOpened":
    case "sessionClosed":
    case "commandChanged":
    case "transferChanged":
      return before;
  }
}

function startedFlight(event: Extract<JournalEvent, { kind: "flightStarted" }>): FlightRecord {
  return {
    flight: {
      id: event.flightId,
      sessionId: event.sessionId,
      state: "flying",
      endedWithoutDisarming: false,
      endedBy: null,
      vehicleKey: event.vehicleKey,
      sysid: event.sysid,
      aircraftId: event.aircraftId,
      aircraftName: event.aircraftName,
      organisationId: event.organisationId,
      binding: event.binding,
      bookingTitle: event.bookingTitle,
      siteId: event.siteId,
      armedAtMs: event.armedAtMs,
      disarmedAtMs: null,
      sealedAtMs: null,
      sha256: null,
      logBytes: null,
      figures: null,
      alarmCount: 0,
    },
    conformance: null,
    log: null,
    zones: event.zones,
  };
}

/** The journal has it after all: it flies until more is told. */
function foundFlight(before: FlightRecord): FlightRecord {
  const { flight } = before;
  if (flight.state !== "lost") return before;
  return {
    ...before,
    flight: { ...flight, state: "flying", endedWithoutDisarming: false, endedBy: null },
  };
}

/** What was decided at arming stands; what a person bound, a person may bind anew. */
function boundFlight(
  before: FlightRecord,
  { binding, bookingTitle, organisationId }: Extract<JournalEvent, { kind: "flightBound" }>,
): FlightRecord {
  const { kind, bookingId } = before.flight.binding;
  if (isOwnBinding(before.flight.binding) && kind !== "byHand") return before;
  if (kind === binding.kind && bookingId === binding.bookingId) return before;
  // What it did against another booking says nothing of this one.
  const flight = { ...before.flight, binding, bookingTitle, organisationId };
  return { ...before, worst: undefined, flight };
}

function worse(a: ConformanceState | undefined, b: ConformanceState): ConformanceState {
  return a !== undefined && badness[a] > badness[b] ? a : b;
}

function sealedFlight(
  before: FlightRecord,
  event: Extract<JournalEvent, { kind: "flightSealed" }>,
  atMs: number,
): FlightRecord {
  const { sha256, figures, endedWithoutDisarming, fromByte, toByte } = event;
  const endedBy = endedWithoutDisarming ? (event.endedBy ?? null) : "disarmed";
  return {
    ...before,
    flight: {
      ...before.flight,
      state: "sealed",
      endedWithoutDisarming,
      endedBy,
      sealedAtMs: atMs,
      sha256,
      logBytes: toByte - fromByte,
      figures,
    },
    log: { fromByte, toByte },
  };
}

/** The booking whose state this flight moves: its own, not one that it intrudes on. */
export function movedBookingId({ flight }: FlightRecord): string | undefined {
  const { binding } = flight;
  return isOwnBinding(binding) ? (binding.bookingId ?? undefined) : undefined;
}

const badness: Readonly<Record<ConformanceState, number>> = {
  conforming: 0,
  nonconforming: 1,
  contingent: 2,
};

/**
 * The state of a booking by its flights: the worst of those that fly now. Undefined where none
 * flies: landing alone changes nothing.
 */
export function bookingStateOf(
  records: readonly FlightRecord[],
): "activated" | "nonconforming" | "contingent" | undefined {
  const flying = records.filter(({ flight }) => flight.state === "flying");
  if (flying.length === 0) return undefined;
  const worst = flying.map(({ conformance }) => conformance ?? "conforming").reduce(worse);
  return worst === "conforming" ? "activated" : worst;
}

/** Of the flights, those that the booking still has once this one has left it. */
export function flightsStaying(
  records: readonly FlightRecord[],
  bookingId: string,
  leftFlightId: string,
): StayingFlight[] {
  return records
    .filter(({ flight }) => flight.id !== leftFlightId)
    .filter((record) => movedBookingId(record) === bookingId)
    .map(({ flight, conformance, worst }) => {
      const now = conformance ?? "conforming";
      return { isFlying: flight.state === "flying", now, worst: worst ?? now };
    });
}
