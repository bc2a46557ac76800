// The store as the booking flow sees it: reading what a booking is decided on, and writing the
// decision in one transaction. Implemented by booking-desk.ts.
import type { BookingState } from "../../contract/wire/booking.ts";
import type {
  BookingGround,
  GroundVersions,
  HeldNearby,
} from "../domain/booking/booking-ground.ts";
import type { BookingProposal } from "../domain/booking/booking-proposal.ts";
import type { BookingRecord } from "../domain/booking/booking-record.ts";

/** Who and what to read the ground for. */
export interface GroundQuestion {
  readonly siteId: string;
  readonly organisationId: string;
  readonly aircraftIds: readonly string[];
  readonly pilotIds: readonly string[];
}

export interface BookingReading {
  /** Versions first, in a statement before everything else. Undefined: no such site. */
  ground(question: GroundQuestion): Promise<BookingGround | undefined>;
  /** What others hold in the box, band and window of the proposal, and of the units it asks for. */
  held(proposal: BookingProposal): Promise<HeldNearby>;
  find(id: string): Promise<BookingRecord | undefined>;
}

/** Whoever caused a step; no id: the system. */
export interface Author {
  readonly userId: string | null;
  readonly name: string;
}

/** One change of a booking, written with its history, its event and the plan's version. */
export interface BookingStep {
  readonly bookingId: string;
  readonly from: BookingState;
  /** Equal to `from` for a stamp, which is no change of state. */
  readonly to: BookingState;
  readonly atMs: number;
  readonly by: Author;
  readonly reason: string;
}

/** An answer kept for a repeated request: the same key and body get it again. */
export interface KeptAnswer {
  readonly bodySha256: string;
  readonly answer: unknown;
}
export interface IdempotencyKey {
  readonly personId: string;
  readonly key: string;
}

export interface BookingWriting extends BookingReading {
  /** Raises the versions where they are still these; false: something moved, decide again. */
  raiseVersions(versions: GroundVersions): Promise<boolean>;
  /** Writes a booking that holds nothing yet, as a draft or a request. */
  insert(
    proposal: BookingProposal,
    state: "draft" | "requested",
    author: Author,
    atMs: number,
  ): Promise<void>;
  /** Takes its airspace and units; call before the step into a state that holds. */
  hold(proposal: BookingProposal): Promise<void>;
  /** Lets go of everything; call after the step into a state that holds nothing. */
  free(bookingId: string): Promise<void>;
  step(step: BookingStep): Promise<void>;
  stamp(bookingId: string, stamp: "checkedIn" | "released", atMs: number): Promise<void>;
  /** Keeps the answer unless one is kept already; returns the one that is kept then. */
  keepAnswer(key: IdempotencyKey, kept: KeptAnswer, atMs: number): Promise<KeptAnswer>;
}

export interface BookingDesk extends BookingReading {
  /**
   * Runs the work in one transaction that holds the write lock. Everything is undone where the
   * work answers "undo", and where a guard of the database refuses: "refusedByGuard".
   */
  write<T>(
    work: (writing: BookingWriting) => Promise<T | "undo">,
  ): Promise<T | "undo" | "refusedByGuard">;
  keptAnswer(key: IdempotencyKey): Promise<KeptAnswer | undefined>;
  /** Ids of bookings that still hold something though their window is over. */
  dueForEnd(nowMs: number): Promise<string[]>;
  /** Drops kept answers older than `beforeMs`. */
  dropAnswers(beforeMs: number): Promise<void>;
}
