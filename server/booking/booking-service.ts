// The booking stories bound to their ports, with what follows every change: pages are told, and the
// watch plan is sent anew. Made once by the web process.
import type { Person } from "../../contract/wire/account.ts";
import type { BookingRequest } from "../../contract/wire/booking.ts";
import type { WatchPlan } from "../../contract/wire/watch-plan.ts";
import { book, type BookingPorts, type BookOutcome, type Retry } from "../booking-flow.ts";
import {
  accept,
  end,
  endDueBookings,
  recordFlightLeft,
  recordTelemetryState,
  reject,
  stamp,
  submit,
  withdraw,
  type FlightLeft,
  type InTheAir,
  type StepOutcome,
  type StepRequest,
  type TelemetryStep,
} from "./booking-steps.ts";
import type { BookingRecord } from "../domain/booking/booking-record.ts";
import type { BookingSettings } from "../domain/booking/settings.ts";
import type { BookingDesk } from "../store/booking-desk-port.ts";
import type { PlanRepository } from "../store/ports.ts";

/** Answers for repeated requests are kept for a day. */
const answersKeptMs = 24 * 3_600_000;

/** What a person may do with one booking that stands. */
export type BookingAction =
  "submit" | "accept" | "reject" | "withdraw" | "check-in" | "release" | "end";

export interface BookingService {
  book(person: Person, request: BookingRequest, retry?: Retry): Promise<BookOutcome>;
  act(action: BookingAction, asked: StepRequest): Promise<StepOutcome>;
  /** Idempotent; the booking where it changed. */
  recordTelemetryState(step: TelemetryStep): Promise<BookingRecord | undefined>;
  /** Idempotent; the booking where it changed. */
  recordFlightLeft(left: FlightLeft): Promise<BookingRecord | undefined>;
  /** Call every few seconds: ends what is over, and lets what comes near into the plan. */
  endDueBookings(nowMs: number, flyingBookingIds: ReadonlySet<string>): Promise<number>;
  planVersion(): Promise<number>;
  readWatchPlan(): Promise<WatchPlan>;
  /** After every commit that may have raised the plan's version. Returns how to stop listening. */
  onPlanChanged(listener: () => void): () => void;
  onBookingChanged(listener: (booking: BookingRecord) => void): () => void;
  /** For changes made elsewhere: aircraft, zones, sites. */
  planChanged(): void;
}

export interface BookingServicePorts {
  readonly desk: BookingDesk;
  readonly plan: PlanRepository;
  readonly settings: BookingSettings;
  readonly nowMs: () => number;
  readonly makeBookingId: () => string;
  readonly inTheAir: () => InTheAir;
}

function listeners<A extends unknown[]>() {
  const all = new Set<(...args: A) => void>();
  return {
    tell: (...args: A): void => {
      for (const listener of all) listener(...args);
    },
    add: (listener: (...args: A) => void): (() => void) => {
      all.add(listener);
      return () => void all.delete(listener);
    },
  };
}

export function createBookingService(ports: BookingServicePorts): BookingService {
  const { plan, desk } = ports;
  const planListeners = listeners<[]>();
  const bookingListeners = listeners<[BookingRecord]>();
  const onBookingChanged = (booking: BookingRecord): void => {
    bookingListeners.tell(booking);
    planListeners.tell();
  };
  // Whole milliseconds, as the wire has them.
  const nowMs = (): number => Math.floor(ports.nowMs());
  const flow: BookingPorts = { ...ports, nowMs, onBookingChanged };
  return {
    book: (person, request, retry) => book(flow, person, request, retry),
    act(action, asked) {
      switch (action) {
        case "submit":
          return submit(flow, asked);
        case "accept":
          return accept(flow, asked);
        case "reject":
          return reject(flow, asked, ports.inTheAir);
        case "withdraw":
          return withdraw(flow, asked, ports.inTheAir);
        case "check-in":
          return stamp(flow, asked, "checkedIn");
        case "release":
          return stamp(flow, asked, "released");
        case "end":
          return end(flow, asked, ports.inTheAir);
      }
    },
    recordTelemetryState: (step) => recordTelemetryState(flow, step),
    recordFlightLeft: (left) => recordFlightLeft(flow, left),
    async endDueBookings(atMs, flyingBookingIds) {
      if (await plan.extendHorizon(atMs)) {
        await desk.dropAnswers(atMs - answersKeptMs);
        planListeners.tell();
      }
      return endDueBookings(flow, Math.floor(atMs), flyingBookingIds);
    },
    planVersion: () => plan.planVersion(),
    async readWatchPlan() {
      await plan.extendHorizon(nowMs());
      return plan.readWatchPlan(nowMs());
    },
    onPlanChanged: planListeners.add,
    onBookingChanged: bookingListeners.add,
    planChanged: planListeners.tell,
  };
}
