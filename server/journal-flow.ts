// What ingest's journal sets off in the web process, entry by entry: shown to pages at once, then,
// in order and each once, the booking's state and the projection into the database. Fed by web.ts.
import type { Alarm } from "../contract/wire/alarm.ts";
import type { Command } from "../contract/wire/command.ts";
import type { Transfer } from "../contract/wire/mission.ts";
import type { JournalEntry, JournalPosition } from "../contract/wire/journal-event.ts";
import type { BookingService } from "./booking/booking-service.ts";
import type { IngestHello } from "./cluster/live-feed.ts";
import {
  bookingStateOf,
  flightsStaying,
  movedBookingId,
  type FlightRecord,
} from "./domain/flight/flight-record.ts";
import type { Log } from "./log.ts";
import type { AlarmBoard } from "./realtime/alarm-board.ts";
import type { OrderBoard } from "./realtime/order-board.ts";
import type { FlightBoard } from "./realtime/flight-board.ts";
import type { JournalProjection } from "./store/journal-projection.ts";
import type { LostThings } from "./store/lost-rows.ts";

export interface JournalFlowPorts {
  readonly log: Log;
  readonly projection: JournalProjection;
  readonly bookings: Pick<BookingService, "recordTelemetryState" | "recordFlightLeft">;
  /** Every flight that the database has of a booking, ended ones too. */
  readonly flightsOfBooking: (bookingId: string) => Promise<readonly FlightRecord[]>;
  readonly alarms: AlarmBoard;
  readonly flights: FlightBoard;
  readonly commands: OrderBoard<Command>;
  readonly transfers: OrderBoard<Transfer>;
  readonly nowMs: () => number;
  readonly wait: (delayMs: number) => Promise<void>;
  readonly showAlarm: (alarm: Alarm) => void;
  readonly showFlight: (record: FlightRecord) => void;
  readonly showCommand: (command: Command) => void;
  readonly showTransfer: (transfer: Transfer) => void;
  /** Asks ingest for everything after `after()` again. */
  readonly askAgain: () => void;
  /** Every page takes the whole picture anew: numbers that it holds will be given again. */
  readonly restartPages: () => void;
}

type HelloFacts = "node" | "lastJournalNumber" | "journalEpoch" | "journalAfter";

export interface JournalFlow {
  /** Takes the next entry. Never waits and never throws. */
  onEntry(entry: JournalEntry): void;
  /** The position after which entries are still wanted. */
  after(): JournalPosition;
  /** Ingest says which journal it has, how far it goes, and from where it reads on. */
  onHello(hello: Pick<IngestHello, HelloFacts>): void;
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

/** What the database is asked: to take an entry, or to go on from elsewhere. */
type Work =
  | { readonly kind: "entry"; readonly entry: JournalEntry; readonly step: BookingStep | undefined }
  | { readonly kind: "position"; readonly node: string; readonly position: JournalPosition };
interface BookingStep {
  readonly bookingId: string;
  readonly to: "activated" | "nonconforming" | "contingent";
  readonly reason: string;
}

/** @param cursor How far the database has come. */
export function createJournalFlow(ports: JournalFlowPorts, cursor: JournalPosition): JournalFlow {
  const waiting: Work[] = [];
  let { epoch, number: takenNumber } = cursor;
  let projectedNumber = cursor.number;
  let helloNumber = Infinity;
  let isStopping = false;
  /** Entries were left because too many waited. */
  let isBehind = false;
  let positionsWaiting = 0;
  let working: Promise<void> | undefined;

  const work = async (): Promise<void> => {
    for (let next = waiting[0]; next !== undefined && !isStopping; next = waiting[0]) {
      const isDone = await persistUntilDone(next, ports, () => isStopping);
      if (isDone) projectedNumber = numberAfter(next);
      waiting.shift();
      if (next.kind === "position") positionsWaiting -= 1;
    }
    working = undefined;
    if (!isBehind || isStopping) return;
    isBehind = false;
    ports.askAgain();
  };
  const add = (next: Work): void => {
    waiting.push(next);
    working ??= work();
  };

  return {
    after: () => ({ epoch, number: takenNumber }),
    isCaughtUp: () => positionsWaiting === 0 && projectedNumber >= helloNumber,
    settled: async () => working,
    onHello({ node, lastJournalNumber, journalEpoch, journalAfter }) {
      helloNumber = lastJournalNumber;
      if (journalEpoch === epoch && journalAfter === takenNumber) return;
      const lost = takenNumber - journalAfter;
      epoch = journalEpoch;
      takenNumber = journalAfter;
      positionsWaiting += 1;
      add({ kind: "position", node, position: { epoch, number: journalAfter } });
      if (lost <= 0) return;
      const facts = { entries: lost, goesOnAfter: journalAfter };
      ports.log.error("The journal was cut short or replaced: it lacks entries known here.", facts);
      ports.alarms.journalCut(journalAfter);
      ports.flights.journalCut();
      ports.restartPages();
    },
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
      add({ kind: "entry", entry, step: bookingStepOf(entry, flight, ports.flights) });
    },
    async stop() {
      isStopping = true;
      await working;
    },
  };
}

function numberAfter(work: Work): number {
  return work.kind === "entry" ? work.entry.number : work.position.number;
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
  if (event.kind === "commandChanged") {
    const command = ports.commands.changed(event.command);
    if (command !== undefined) ports.showCommand(command);
  }
  if (event.kind === "transferChanged") {
    const transfer = ports.transfers.changed(event.transfer);
    if (transfer !== undefined) ports.showTransfer(transfer);
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
  if (event.kind === "flightBound") return "bound by a controller";
  if (event.kind !== "conformanceChanged") return event.kind;
  return event.causes.length === 0 ? "conforming again" : event.causes.join(", ");
}

/** Tries until the database has it. False where it was stopped. */
async function persistUntilDone(
  work: Work,
  ports: JournalFlowPorts,
  isStopping: () => boolean,
): Promise<boolean> {
  for (let delayMs = retryDelayMs.first; !isStopping();) {
    try {
      await persist(work, ports);
      return true;
    } catch (error) {
      const facts = { number: numberAfter(work), error };
      ports.log.error("A journal entry is not in the database yet.", facts);
      await ports.wait(delayMs);
      delayMs = Math.min(delayMs * 2, retryDelayMs.max);
    }
  }
  return false;
}

/** The step first, then the projection with its cursor: done again after a crash, both hold. */
async function persist(work: Work, ports: JournalFlowPorts): Promise<void> {
  const { bookings, projection } = ports;
  if (work.kind === "position") {
    const { node, position } = work;
    showLost(await projection.goOnFrom(node, position, ports.nowMs()), position, ports);
    return;
  }
  const { entry, step } = work;
  await leaveBooking(entry, ports);
  if (step !== undefined) await bookings.recordTelemetryState({ ...step, atMs: entry.atMs });
  await projection.project(entry);
}

/** A binding by hand was taken back or changed: the booking that was left is judged without it. */
async function leaveBooking(
  { event }: JournalEntry,
  { bookings, flightsOfBooking }: JournalFlowPorts,
): Promise<void> {
  if (event.kind !== "flightBound" || event.leftBookingId === undefined) return;
  const { flightId, leftBookingId: bookingId } = event;
  const staying = flightsStaying(await flightsOfBooking(bookingId), bookingId, flightId);
  const reason = "a binding by hand was taken back";
  await bookings.recordFlightLeft({ bookingId, staying, reason });
}

/** What the database has ended because the journal lost it, the boards show as ended too. */
function showLost(lost: LostThings, { number }: JournalPosition, ports: JournalFlowPorts): void {
  const { alarms, flights, commands, transfers } = lost;
  for (const condition of alarms) ports.alarms.lost(condition, number);
  for (const command of commands) ports.commands.changed(command);
  for (const transfer of transfers) ports.transfers.changed(transfer);
  for (const record of flights) {
    if (ports.flights.lost(record) !== undefined) ports.showFlight(record);
  }
  const ended = alarms.length + flights.length + commands.length + transfers.length;
  if (ended === 0) return;
  ports.log.warn("What the journal lost has been ended.", { ended });
  // An alarm that ended so has no newer number: pages take all anew.
  ports.restartPages();
}
