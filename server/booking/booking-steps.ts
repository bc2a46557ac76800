// What happens to a booking that stands: people's steps (submit, accept, reject, withdraw,
// check-in, release, end), those that telemetry shows, and the end of its window. Called by
// http/bookings.ts, the journal's projections and the web process's tick.
import type { Person } from "../../contract/wire/account.ts";
import type { BookingState } from "../../contract/wire/booking.ts";
import { proposeAgain } from "../domain/booking/booking-proposal.ts";
import { holds, type BookingRecord } from "../domain/booking/booking-record.ts";
import { bindingMarginMs } from "../domain/flight/flight-binding.ts";
import {
  mayStep,
  stateWithout,
  telemetryPath,
  type StayingFlight,
  type TelemetryState,
} from "../domain/booking/operational-intent.ts";
import {
  acceptNow,
  authorOf,
  decideAndSave,
  mustFind,
  type BookingPorts,
  type Proposed,
  type Refusal,
} from "../booking-flow.ts";
import type { Author, BookingReading, BookingWriting } from "../store/booking-desk-port.ts";

/** Which booking, in which version (If-Match), by whom. */
export interface StepRequest {
  readonly bookingId: string;
  readonly version: number;
  readonly person: Person;
  /** In the person's words; may be empty. */
  readonly reason: string;
}

/** Why a step was not taken. */
export type StepRefusal =
  | { readonly kind: "unknown" }
  | { readonly kind: "stale"; readonly version: number }
  | { readonly kind: "illegalStep"; readonly from: BookingState; readonly wanted: string }
  /** One of its drones is in the air. */
  | { readonly kind: "flying" }
  /** What ingest watches is not known here yet: one of its drones may be in the air. */
  | { readonly kind: "flightsUnknown" };
export type StepOutcome =
  { readonly kind: "done"; readonly booking: BookingRecord } | StepRefusal | Refusal;

/** What is known of the drones in the air. */
export interface InTheAir {
  /** Bookings of which a drone is armed now. */
  readonly bookingIds: ReadonlySet<string>;
  /** False until all that ingest has told is taken in. */
  readonly isKnown: boolean;
}

/** The booking where it is in the version asked for. */
async function findVersion(
  reading: BookingReading,
  { bookingId, version }: StepRequest,
): Promise<BookingRecord | StepRefusal> {
  const booking = await reading.find(bookingId);
  if (booking === undefined) return { kind: "unknown" };
  return booking.version === version ? booking : { kind: "stale", version: booking.version };
}

function isRefusal(found: BookingRecord | StepRefusal): found is StepRefusal {
  return "kind" in found;
}

/** Runs one change under the write lock, and tells of it after the commit. */
async function change(
  ports: BookingPorts,
  work: (writing: BookingWriting) => Promise<string | StepRefusal>,
): Promise<StepOutcome> {
  const outcome = await ports.desk.write(async (writing): Promise<StepOutcome> => {
    const changed = await work(writing);
    if (typeof changed !== "string") return changed;
    return { kind: "done", booking: await mustFind(writing, changed) };
  });
  if (typeof outcome === "string") throw new Error(`A step that frees was refused: ${outcome}.`);
  if (outcome.kind === "done") ports.onBookingChanged(outcome.booking);
  return outcome;
}

async function letGo(
  writing: BookingWriting,
  booking: BookingRecord,
  to: BookingState,
  by: Author,
  atMs: number,
  reason: string,
): Promise<void> {
  // The state first: while it claims them, the database lets nothing of its holds go.
  await writing.step({ bookingId: booking.id, from: booking.state, to, atMs, by, reason });
  if (holds(booking.state)) await writing.free(booking.id);
}

/** Lets go of a booking, but of none that a drone flies on: it is judged and protected by it. */
function leave(
  ports: BookingPorts,
  asked: StepRequest,
  to: BookingState,
  inTheAir: () => InTheAir,
): Promise<StepOutcome> {
  return change(ports, async (writing) => {
    const found = await findVersion(writing, asked);
    if (isRefusal(found)) return found;
    if (!mayStep(found.state, to)) return { kind: "illegalStep", from: found.state, wanted: to };
    const { bookingIds, isKnown } = inTheAir();
    if (bookingIds.has(found.id)) return { kind: "flying" };
    if (!isKnown && mayBeFlown(found, ports.nowMs())) return { kind: "flightsUnknown" };
    await letGo(writing, found, to, authorOf(asked.person), ports.nowMs(), asked.reason);
    return found.id;
  });
}

/** A drone that armed so long before its window is bound to it as early. */
function mayBeFlown({ state, startMs }: BookingRecord, nowMs: number): boolean {
  return holds(state) && startMs - bindingMarginMs <= nowMs;
}

type Leaving = (
  ports: BookingPorts,
  asked: StepRequest,
  inTheAir: () => InTheAir,
) => Promise<StepOutcome>;

export const withdraw: Leaving = (ports, asked, inTheAir) =>
  leave(ports, asked, "withdrawn", inTheAir);

export const reject: Leaving = (ports, asked, inTheAir) =>
  leave(ports, asked, "rejected", inTheAir);

/** Ends early, once all its drones have landed. */
export const end: Leaving = (ports, asked, inTheAir) => leave(ports, asked, "ended", inTheAir);

/** Check-in by the crew, or release for take-off by a controller: stamps, not states. */
export function stamp(
  ports: BookingPorts,
  asked: StepRequest,
  which: "checkedIn" | "released",
): Promise<StepOutcome> {
  const wanted = which === "checkedIn" ? "check-in" : "release";
  return change(ports, async (writing) => {
    const found = await findVersion(writing, asked);
    if (isRefusal(found)) return found;
    const { id: bookingId, state } = found;
    if (!holds(state)) return { kind: "illegalStep", from: state, wanted };
    const by = authorOf(asked.person);
    const said = which === "checkedIn" ? "Checked in" : "Released for take-off";
    const reason = asked.reason === "" ? said : `${said}: ${asked.reason}`;
    await writing.stamp(bookingId, which, ports.nowMs());
    await writing.step({ bookingId, from: state, to: state, atMs: ports.nowMs(), by, reason });
    return bookingId;
  });
}

/** Decides a draft as if it had been sent now. */
export function submit(ports: BookingPorts, asked: StepRequest): Promise<StepOutcome> {
  return decideAgain(ports, asked, "requested", async (writing, { proposal, ground }) => {
    const { bookingId } = proposal;
    const { reason } = asked;
    const by = authorOf(asked.person);
    const atMs = ports.nowMs();
    await writing.step({ bookingId, from: "draft", to: "requested", atMs, by, reason });
    if (ground.automaticAcceptance) await acceptNow(writing, proposal, atMs);
  });
}

/** A controller's yes: every rule and conflict is looked at again. */
export function accept(ports: BookingPorts, asked: StepRequest): Promise<StepOutcome> {
  return decideAgain(ports, asked, "accepted", async (writing, { proposal }) => {
    const { bookingId } = proposal;
    const { reason } = asked;
    const by = authorOf(asked.person);
    await writing.hold(proposal);
    await writing.step({
      bookingId,
      from: "requested",
      to: "accepted",
      atMs: ports.nowMs(),
      by,
      reason,
    });
  });
}

async function decideAgain(
  ports: BookingPorts,
  asked: StepRequest,
  wanted: BookingState,
  write: (writing: BookingWriting, proposed: Proposed) => Promise<void>,
): Promise<StepOutcome> {
  const outcome = await decideAndSave<StepRefusal>(
    ports,
    async (reading) => {
      const found = await findVersion(reading, asked);
      if (isRefusal(found)) return found;
      if (!mayStep(found.state, wanted)) return { kind: "illegalStep", from: found.state, wanted };
      const ground = await reading.ground({
        siteId: found.siteId,
        organisationId: found.organisationId,
        aircraftIds: found.aircraft.map(({ id }) => id),
        pilotIds: found.pilots.map(({ id }) => id),
      });
      if (ground === undefined) return { kind: "unknown" };
      const proposal = proposeAgain(found, ground);
      return { kind: "proposed", proposal, ground, decides: true };
    },
    async (writing, proposed) => {
      if (isRefusal(await findVersion(writing, asked))) return "undo";
      await write(writing, proposed);
      return mustFind(writing, asked.bookingId);
    },
  );
  if (outcome.kind !== "booked") return outcome;
  ports.onBookingChanged(outcome.booking);
  return { kind: "done", booking: outcome.booking };
}

/** What telemetry shows of a booking: its worst flight. */
export interface TelemetryStep {
  readonly bookingId: string;
  readonly to: TelemetryState;
  readonly atMs: number;
  readonly reason: string;
}

/**
 * Brings the booking to what telemetry shows, where the table of steps leads there; doing it twice
 * changes nothing. Returns the booking where it changed.
 */
export async function recordTelemetryState(
  ports: BookingPorts,
  { bookingId, to, atMs, reason }: TelemetryStep,
): Promise<BookingRecord | undefined> {
  const by: Author = { userId: null, name: "Telemetry" };
  const outcome = await change(ports, async (writing) => {
    const booking = await writing.find(bookingId);
    if (booking === undefined) return { kind: "unknown" };
    const path = telemetryPath(booking.state, to);
    if (path.length === 0) return { kind: "illegalStep", from: booking.state, wanted: to };
    let from = booking.state;
    for (const next of path) {
      await writing.step({ bookingId, from, to: next, atMs, by, reason });
      from = next;
    }
    return bookingId;
  });
  return outcome.kind === "done" ? outcome.booking : undefined;
}

/** A flight that was bound to the booking by hand, and is not any more. */
export interface FlightLeft {
  readonly bookingId: string;
  /** The flights that it still has, ended ones too. */
  readonly staying: readonly StayingFlight[];
  readonly reason: string;
}

/**
 * Brings the booking back to what the flights that it still has justify; doing it twice changes
 * nothing. Returns the booking where it changed.
 */
export async function recordFlightLeft(
  ports: BookingPorts,
  { bookingId, staying, reason }: FlightLeft,
): Promise<BookingRecord | undefined> {
  const by: Author = { userId: null, name: "Telemetry" };
  const outcome = await change(ports, async (writing) => {
    const booking = await writing.find(bookingId);
    if (booking === undefined) return { kind: "unknown" };
    const { state: from } = booking;
    const atMs = ports.nowMs();
    const to = stateWithout(from, staying, atMs >= booking.endMs);
    if (to === from) return { kind: "illegalStep", from, wanted: to };
    if (to === "ended") await letGo(writing, booking, to, by, atMs, reason);
    else await writing.step({ bookingId, from, to, atMs, by, reason });
    return bookingId;
  });
  return outcome.kind === "done" ? outcome.booking : undefined;
}

/**
 * Ends every booking whose window is over and that no drone flies on. Returns how many.
 *
 * @param flyingBookingIds Those of drones that landed so lately that they may fly on, too.
 */
export async function endDueBookings(
  ports: BookingPorts,
  nowMs: number,
  flyingBookingIds: ReadonlySet<string>,
): Promise<number> {
  const by: Author = { userId: null, name: "End of window" };
  let ended = 0;
  for (const id of await ports.desk.dueForEnd(nowMs)) {
    if (flyingBookingIds.has(id)) continue;
    const outcome = await change(ports, async (writing) => {
      const booking = await writing.find(id);
      if (booking === undefined) return { kind: "unknown" };
      const { state } = booking;
      if (!mayStep(state, "ended")) return { kind: "illegalStep", from: state, wanted: "ended" };
      await letGo(writing, booking, "ended", by, nowMs, "");
      return id;
    });
    if (outcome.kind === "done") ended += 1;
  }
  return ended;
}
