// What ingest's journal sets off in the web process, entry by entry: shown to pages at once, then,
// in order and each once, the booking's state and the projection into the database. Fed by web.ts.
import type { Alarm } from "../contract/wire/alarm.ts";
import type { JournalEntry } from "../contract/wire/journal-event.ts";
import type { BookingService } from "./booking/booking-service.ts";
import {
  bookingStateOf,
  movedBookingId,
  type FlightRecord,
} from "./domain/flight/flight-record.ts";
import type { Log } from "./log.ts";
import type { AlarmBoard } from "./realtime/alarm-board.ts";
import type { FlightBoard } from "./realtime/flight-board.ts";
import type { JournalProjection } from "./store/journal-projection.ts";

export interface JournalFlowPorts {
  readonly log: Log;
  readonly projection: JournalProjection;
  readonly bookings: Pick<BookingService, "recordTelemetryState">;
  readonly alarms: AlarmBoard;
  readonly flights: FlightBoard;
  readonly nowMs: () => number;
  readonly wait: (delayMs: number) => Promise<void>;
  readonly showAlarm: (alarm: Alarm) => void;
  readonly showFlight: (record: FlightRecord) => void;
  /** Asks ingest for everything after `after()` again. */
  readonly askAgain: () => void;
}

export interface JournalFlow {
  /** Takes the next entry. Never waits and never throws. */
  onEntry(entry: JournalEntry): void;
  /** The number after which entries are still wanted. */
  after(): number;
  /** Ingest says how far its journal goes. */
  onHello(lastJournalNumber: number): void;
  /** True once all that ingest had at its last hello is in the database. False before a hello. */
  isCaughtUp(): boolean;
  /** Settles once everything taken so far is in the database. */
  settled(): Promise<void>;
  /** Ends after the entry at hand; what is left is projected after the next start. */
  stop(): Promise<void>;
}

/**
 * Most entries that wait for the database. Beyond it the newest are left, and asked for again:
 * the journal keeps them.
 */
const waitingMax = 10_000;
const retryDelayMs = { first: 100, max: 5_000 };

/** What one entry asks of the database. */
interface Work {
  readonly entry: JournalEntry;
  readonly step: BookingStep | undefined;
}
interface BookingStep {
  readonly bookingId: string;
  readonly to: "activated" | "nonconforming" | "contingent";
  readonly reason: string;
}

/** @param cursor Number of the last entry that the database holds. */
export function createJournalFlow(ports: JournalFlowPorts, cursor: number): JournalFlow {
  const waiting: Work[] = [];
  let takenNumber = cursor;
  let projectedNumber = cursor;
  let helloNumber = Infinity;
  let isStopping = false;
  /** Entries were left because too many waited. */
  let isBehind = false;
  let working: Promise<void> | undefined;

  const work = async (): Promise<void> => {
    for (let next = waiting[0]; next !== undefined && !isStopping; next = waiting[0]) {
      const isDone = await persistUntilDone(next, ports, () => isStopping);
      if (isDone) projectedNumber = next.entry.number;
      waiting.shift();
    }
    working = undefined;
    if (!isBehind || isStopping) return;
    isBehind = false;
    ports.askAgain();
  };

  return {
    after: () => takenNumber,
    onHello: (lastJournalNumber) => void (helloNumber = lastJournalNumber),
    isCaughtUp: () => projectedNumber >= helloNumber,
    settled: async () => working,
    onEntry(entry) {
      if (entry.number <= takenNumber || isBehind) return;
      if (waiting.length >= waitingMax) {
        ports.log.warn("The database is far behind the journal.", { waiting: waiting.length });
        isBehind = true;
        return;
      }
      if (entry.number !== takenNumber + 1) {
        const facts = { expected: takenNumber + 1, found: entry.number };
        ports.log.error("The journal has a gap; entries are asked for again.", facts);
        ports.askAgain();
        return;
      }
      takenNumber = entry.number;
      const flight = show(entry, ports);
      waiting.push({ entry, step: bookingStepOf(entry, flight, ports.flights) });
      working ??= work();
    },
    async stop() {
      isStopping = true;
      await working;
    },
  };
}

/** Pages see it now; the database follows. */
function show(entry: JournalEntry, ports: JournalFlowPorts): FlightRecord | undefined {
  const { event } = entry;
  let isNewAlarm = false;
  if (event.kind === "alarmChanged") {
    isNewAlarm = ports.alarms.find(event.condition.id) === undefined;
    const alarm = ports.alarms.changed(event.condition, entry.number, ports.nowMs());
    if (alarm !== undefined) ports.showAlarm(alarm);
  }
  const flight = ports.flights.changed(entry, isNewAlarm);
  if (flight !== undefined) ports.showFlight(flight);
  return flight;
}

/** A booking shows its worst flight. Landing changes nothing while others of it fly. */
function bookingStepOf(
  entry: JournalEntry,
  flight: FlightRecord | undefined,
  flights: FlightBoard,
): BookingStep | undefined {
  const bookingId = flight === undefined ? undefined : movedBookingId(flight);
  if (bookingId === undefined || entry.event.kind === "alarmChanged") return undefined;
  const ofBooking = flights.unsealed().filter((record) => movedBookingId(record) === bookingId);
  const to = bookingStateOf(ofBooking);
  return to === undefined ? undefined : { bookingId, to, reason: reasonOf(entry) };
}

function reasonOf({ event }: JournalEntry): string {
  if (event.kind === "flightStarted") return "armed";
  if (event.kind !== "conformanceChanged") return event.kind;
  return event.causes.length === 0 ? "conforming again" : event.causes.join(", ");
}

/**
 * The step first, then the projection with its cursor: done again after a crash, both hold. False
 * where it was stopped.
 */
async function persistUntilDone(
  { entry, step }: Work,
  ports: JournalFlowPorts,
  isStopping: () => boolean,
): Promise<boolean> {
  for (let delayMs = retryDelayMs.first; !isStopping();) {
    try {
      if (step !== undefined) {
        await ports.bookings.recordTelemetryState({ ...step, atMs: entry.atMs });
      }
      await ports.projection.project(entry);
      return true;
    } catch (error) {
      ports.log.error("A journal entry is not in the database yet.", {
        number: entry.number,
        error,
      });
      await ports.wait(delayMs);
      delayMs = Math.min(delayMs * 2, retryDelayMs.max);
    }
  }
  return false;
}
