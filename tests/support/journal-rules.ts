// What every journal of flights keeps, whatever happened in the air: a fold over its entries that
// says in words which rule one of them breaks. Used by the property test of sessions.
import type { AlarmCondition } from "../../contract/wire/alarm.ts";
import type { Binding } from "../../contract/wire/flight.ts";
import type { JournalEntry, JournalEvent } from "../../contract/wire/journal-event.ts";
import { causeKey } from "../../server/domain/flight/alarm.ts";
import { isOwnBinding } from "../../server/domain/flight/flight-binding.ts";
import { continueWithinMs } from "../../server/domain/flight/flight-life.ts";

interface ToldFlight {
  readonly sessionId: string;
  binding: Binding;
  armedAtMs: number;
  disarmedAtMs: number | null;
  /** Its session is closed, or another flight of it has begun. */
  isOver: boolean;
  isSealed: boolean;
}

type Told<Kind extends JournalEvent["kind"]> = Extract<JournalEvent, { kind: Kind }>;

/** Takes entries in order and keeps what they break. */
export class JournalRules {
  readonly broken: string[] = [];
  readonly flights = new Map<string, ToldFlight>();
  /** Vehicle by open session. */
  readonly open = new Map<string, string>();
  /** Standing alarms by vehicle and cause. */
  readonly standing = new Map<string, AlarmCondition>();
  private readonly closed = new Set<string>();
  private readonly kinds: string[] = [];

  follow({ number, atMs, event }: JournalEntry): void {
    const check = (isKept: boolean, rule: string): void => {
      if (!isKept) this.broken.push(`${number} ${event.kind} at ${atMs}: ${rule}`);
    };
    this.kinds.push(event.kind);
    switch (event.kind) {
      case "sessionOpened":
        check(!this.open.has(event.sessionId), "opened twice");
        check(!this.closed.has(event.sessionId), "opened again");
        check(![...this.open.values()].includes(event.vehicleKey), "two of one vehicle");
        this.open.set(event.sessionId, event.vehicleKey);
        return;
      case "sessionClosed":
        this.sessionClosed(event, check);
        return;
      case "flightStarted":
        this.flightStarted(event, check);
        return;
      case "flightBound":
        this.flightBound(event, check);
        return;
      case "flightLanded":
      case "flightContinued":
      case "flightSealed":
      case "conformanceChanged":
        this.flightChanged(event, check);
        return;
      case "alarmChanged":
        this.alarmChanged(event.condition, check);
        return;
      case "commandChanged":
      case "transferChanged":
        return;
    }
  }

  /** Adds how often each kind was told. */
  count(told: Map<string, number>): void {
    for (const kind of this.kinds) told.set(kind, (told.get(kind) ?? 0) + 1);
  }

  /** Of one session, in the order in which they began. */
  private flightsOf(sessionId: string): ToldFlight[] {
    return [...this.flights.values()].filter((one) => one.sessionId === sessionId);
  }

  private sessionClosed({ sessionId }: Told<"sessionClosed">, check: Check): void {
    const vehicleKey = this.open.get(sessionId);
    check(vehicleKey !== undefined, "a session that is not open");
    for (const key of this.standing.keys()) {
      check(!key.startsWith(`${vehicleKey} `), `${key} outlasts it`);
    }
    this.open.delete(sessionId);
    this.closed.add(sessionId);
    for (const flight of this.flightsOf(sessionId)) flight.isOver = true;
  }

  private flightStarted(event: Told<"flightStarted">, check: Check): void {
    const { flightId, sessionId, armedAtMs, binding } = event;
    check(this.open.has(sessionId), "of a session that is not open");
    check(!this.flights.has(flightId), "begun twice");
    for (const { disarmedAtMs } of this.flightsOf(sessionId)) {
      check(disarmedAtMs !== null, "another of its session is open");
      check((disarmedAtMs ?? 0) <= armedAtMs, "it overlaps another of its session");
    }
    for (const flight of this.flightsOf(sessionId)) flight.isOver = true;
    const isNew = { disarmedAtMs: null, isOver: false, isSealed: false };
    this.flights.set(flightId, { sessionId, binding, armedAtMs, ...isNew });
  }

  private flightBound(event: Told<"flightBound">, check: Check): void {
    const flight = this.flights.get(event.flightId);
    check(flight !== undefined, "of no flight");
    if (flight === undefined) return;
    const { kind, bookingId } = flight.binding;
    check(kind === "byHand" || !isOwnBinding(flight.binding), "bound already");
    const left = kind === "byHand" ? (bookingId ?? undefined) : undefined;
    check(event.leftBookingId === left, `left ${String(event.leftBookingId)}, was ${String(left)}`);
    flight.binding = event.binding;
  }

  private flightChanged(
    event: Told<"flightLanded" | "flightContinued" | "flightSealed" | "conformanceChanged">,
    check: Check,
  ): void {
    const flight = this.flights.get(event.flightId);
    check(flight !== undefined, "of no flight");
    if (flight === undefined) return;
    check(!flight.isSealed, "after its seal");
    const isFlying = flight.disarmedAtMs === null;
    if (event.kind === "flightSealed") {
      check(!isFlying || flight.isOver, "while it flies");
      flight.isSealed = true;
      return;
    }
    check(!flight.isOver, "after its end");
    if (event.kind === "flightContinued") {
      const sinceMs = event.armedAtMs - (flight.disarmedAtMs ?? 0);
      check(!isFlying && sinceMs <= continueWithinMs, `${sinceMs} ms after it landed`);
      flight.disarmedAtMs = null;
      return;
    }
    check(isFlying, "not in the air");
    if (event.kind === "flightLanded") {
      check(event.disarmedAtMs >= flight.armedAtMs, "before it began");
      flight.disarmedAtMs = event.disarmedAtMs;
      return;
    }
    check(event.bookingId === flight.binding.bookingId, "of another booking");
  }

  private alarmChanged(condition: AlarmCondition, check: Check): void {
    const { vehicleKey, id, state, flightId } = condition;
    const key = `${vehicleKey} ${causeKey(condition)}`;
    const before = this.standing.get(key);
    check(before === undefined || before.id === id, `${key} stands twice`);
    check([...this.open.values()].includes(vehicleKey), `${key} of no open session`);
    check(flightId === null || this.flights.has(flightId), `${key} of no flight`);
    if (state === "standing") this.standing.set(key, condition);
    else check(this.standing.delete(key), `${key} returned without standing`);
  }
}

type Check = (isKept: boolean, rule: string) => void;
