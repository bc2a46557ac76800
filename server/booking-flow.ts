// STORY 2: request -> rules -> decide -> save in one transaction -> publish.
//
// A booking is decided on what was read, and saved only where that still stands: the versions of
// airspace, organisation and site are read before everything else and raised with the save (the
// OVN of ASTM F3548). Who lost a race decides again; after the third time the decision is made
// inside the write transaction, so that it always ends in a verdict. The database's own guards
// stand behind all this. Called by http/bookings.ts; the steps of a booking that stands are in
// booking/booking-steps.ts.
import type { Person } from "../contract/wire/account.ts";
import type { BookingRequest } from "../contract/wire/booking.ts";
import type { Fault, Verdict } from "../contract/wire/problem.ts";
import type { BookingGround } from "./domain/booking/booking-ground.ts";
import { propose, type BookingProposal } from "./domain/booking/booking-proposal.ts";
import type { BookingRecord } from "./domain/booking/booking-record.ts";
import type { HeldConflict } from "./domain/booking/conflict.ts";
import { decideBooking, judgeOwnership } from "./domain/booking/decide-booking.ts";
import type { BookingSettings } from "./domain/booking/settings.ts";
import type {
  Author,
  BookingDesk,
  BookingReading,
  BookingWriting,
  IdempotencyKey,
} from "./store/booking-desk-port.ts";

/** Lost races after which a decision is made holding the write lock. */
const racesMax = 3;

export interface BookingPorts {
  readonly desk: BookingDesk;
  readonly settings: BookingSettings;
  readonly nowMs: () => number;
  readonly makeBookingId: () => string;
  /** Called after the commit, once for each booking that changed. */
  readonly onBookingChanged: (booking: BookingRecord) => void;
}

/** Why nothing was written. */
export type Refusal =
  /** Refers to what is not there: 422. */
  | { readonly kind: "faults"; readonly faults: readonly Fault[] }
  | { readonly kind: "ruleFailed"; readonly verdicts: readonly Verdict[] }
  | { readonly kind: "conflict"; readonly conflicts: readonly HeldConflict[] };

export type BookOutcome =
  | { readonly kind: "booked"; readonly booking: BookingRecord }
  | Refusal
  /** The idempotency key came before, with another body. */
  | { readonly kind: "keyReused" };

/** A request that may come again: same key and same body, same answer. */
export interface Retry {
  readonly key: IdempotencyKey;
  readonly bodySha256: string;
}

/** A proposal and the ground it is to be decided on. */
export interface Proposed {
  readonly kind: "proposed";
  readonly proposal: BookingProposal;
  readonly ground: BookingGround;
  /** False: written as it is, without a decision, since a draft holds nothing. */
  readonly decides: boolean;
}

type Propose<R> = (reading: BookingReading) => Promise<Proposed | R>;
type Save = (writing: BookingWriting, proposed: Proposed) => Promise<BookingRecord | "undo">;
type Saved = { readonly kind: "booked"; readonly booking: BookingRecord };

export function authorOf(person: Person): Author {
  return { userId: person.id, name: person.name };
}

/** Books, or says why not. Automatic acceptance of the site makes it accepted at once. */
export async function book(
  ports: BookingPorts,
  person: Person,
  request: BookingRequest,
  retry?: Retry,
): Promise<BookOutcome> {
  const bookingId = ports.makeBookingId();
  const keep = async (writing: BookingWriting, answer: BookOutcome): Promise<BookOutcome> => {
    if (retry === undefined) return answer;
    const { bodySha256 } = retry;
    const kept = await writing.keepAnswer(retry.key, { bodySha256, answer }, ports.nowMs());
    return sameAnswer(kept, retry);
  };
  const alreadyAnswered = async (): Promise<BookOutcome | undefined> => {
    const kept = retry === undefined ? undefined : await ports.desk.keptAnswer(retry.key);
    return kept === undefined || retry === undefined ? undefined : sameAnswer(kept, retry);
  };
  const outcome = await decideAndSave<BookOutcome>(
    ports,
    async (reading) =>
      (await alreadyAnswered()) ?? proposeRequest(reading, bookingId, person, request),
    async (writing, proposed) => {
      const booking = await writeNew(ports, writing, proposed, authorOf(person), request.draft);
      const kept = await keep(writing, { kind: "booked", booking });
      // A twin of this request was answered in between: its booking stands, not this one.
      return kept.kind === "booked" && kept.booking.id === bookingId ? booking : "undo";
    },
  );
  if (outcome.kind === "booked") {
    if (outcome.booking.id === bookingId) ports.onBookingChanged(outcome.booking);
    return outcome;
  }
  const kept = await ports.desk.write((writing) => keep(writing, outcome));
  return typeof kept === "string" ? outcome : kept;
}

function sameAnswer(kept: { bodySha256: string; answer: unknown }, retry: Retry): BookOutcome {
  if (kept.bodySha256 !== retry.bodySha256) return { kind: "keyReused" };
  return kept.answer as BookOutcome;
}

async function proposeRequest(
  reading: BookingReading,
  bookingId: string,
  person: Person,
  request: BookingRequest,
): Promise<Proposed | Refusal> {
  const { organisationId } = person;
  const ground = await reading.ground({ organisationId, ...request });
  if (ground === undefined) {
    const fault = { path: "siteId", expected: "a site that is there", found: request.siteId };
    return { kind: "faults", faults: [fault] };
  }
  const outcome = propose(bookingId, organisationId, request, ground);
  if (outcome.kind === "faults") return outcome;
  const { proposal } = outcome;
  return { kind: "proposed", proposal, ground, decides: !request.draft };
}

async function writeNew(
  ports: BookingPorts,
  writing: BookingWriting,
  { proposal, ground }: Proposed,
  author: Author,
  draft: boolean,
): Promise<BookingRecord> {
  await writing.insert(proposal, draft ? "draft" : "requested", author, ports.nowMs());
  if (!draft && ground.automaticAcceptance) {
    await acceptNow(writing, proposal, ports.nowMs());
  }
  return mustFind(writing, proposal.bookingId);
}

/** Takes everything and accepts, as the site's automatic acceptance says. */
export async function acceptNow(
  writing: BookingWriting,
  proposal: BookingProposal,
  atMs: number,
): Promise<void> {
  const { bookingId } = proposal;
  const by: Author = { userId: null, name: "Automatic acceptance" };
  await writing.hold(proposal);
  const reason = "No conflict, all rules passed.";
  await writing.step({ bookingId, from: "requested", to: "accepted", atMs, by, reason });
}

export async function mustFind(reading: BookingReading, id: string): Promise<BookingRecord> {
  const booking = await reading.find(id);
  if (booking === undefined) throw new Error(`Booking ${id} is not there after it was written.`);
  return booking;
}

/** Decides on what is read, and saves where that still stands. */
export async function decideAndSave<R>(
  ports: BookingPorts,
  proposeFrom: Propose<R | Refusal>,
  save: Save,
): Promise<R | Refusal | Saved> {
  const { desk } = ports;
  for (let race = 0; race < racesMax; race += 1) {
    const decided = await decide(ports, desk, proposeFrom);
    if (!isProposed(decided)) return decided;
    const booking = await desk.write((writing) => saveWhereUnmoved(writing, decided, save));
    if (typeof booking !== "string") return { kind: "booked", booking };
  }
  const outcome = await desk.write(async (writing) => {
    const decided = await decide(ports, writing, proposeFrom);
    if (!isProposed(decided)) return { kind: "refused", refusal: decided } as const;
    const booking = await saveWhereUnmoved(writing, decided, save);
    return booking === "undo" ? booking : ({ kind: "booked", booking } as const);
  });
  if (typeof outcome === "string") {
    throw new Error(`A booking decided under the write lock could not be written: ${outcome}.`);
  }
  return outcome.kind === "booked" ? outcome : outcome.refusal;
}

function isProposed(value: unknown): value is Proposed {
  return (
    typeof value === "object" && value !== null && "kind" in value && value.kind === "proposed"
  );
}

async function decide<R>(
  { settings, nowMs }: BookingPorts,
  reading: BookingReading,
  proposeFrom: Propose<R | Refusal>,
): Promise<Proposed | R | Refusal> {
  const proposed = await proposeFrom(reading);
  if (!isProposed(proposed)) return proposed;
  const context = { ground: proposed.ground, settings, nowMs: nowMs() };
  if (!proposed.decides) {
    const verdicts = judgeOwnership(proposed.proposal, context);
    return verdicts.every(({ pass }) => pass) ? proposed : { kind: "ruleFailed", verdicts };
  }
  const held = await reading.held(proposed.proposal);
  const decision = decideBooking(proposed.proposal, held, context);
  return decision.kind === "free" ? proposed : decision;
}

async function saveWhereUnmoved(
  writing: BookingWriting,
  proposed: Proposed,
  save: Save,
): Promise<BookingRecord | "undo"> {
  if (!(await writing.raiseVersions(proposed.ground.versions))) return "undo";
  return save(writing, proposed);
}
