// Which booking a flight belongs to, decided once, when it is first seen armed (design, section 3).
// Called by telemetry/flights.ts.
import { holdingStates } from "../../../contract/wire/booking.ts";
import type { Binding } from "../../../contract/wire/flight.ts";
import type { PlannedBooking } from "../../../contract/wire/watch-plan.ts";

/** A booking that starts, or ended, within this time of arming still takes the flight. */
export const bindingMarginMs = 15 * 60_000;

/** The binding, and the booking it names; undefined for flights without one of their own. */
export interface BoundFlight {
  readonly binding: Binding;
  readonly booking: PlannedBooking | undefined;
}

/**
 * Binds a flight to the booking that names its aircraft and whose window holds `atMs`, else to the
 * next one starting within 15 min (early), else to the last one that ended within 15 min (late). A
 * drone that no booking names is the wrong drone inside another's active volume, else unbooked.
 *
 * @param bookingsAround Bookings whose volume holds the drone now; asked only if none names it.
 */
export function bindFlight(
  bookings: readonly PlannedBooking[],
  sysid: number,
  atMs: number,
  bookingsAround: () => readonly PlannedBooking[],
): BoundFlight {
  const own = bookings.filter((booking) => booking.aircraft.some((one) => one.sysid === sysid));
  const standing = own.filter((booking) => holdingStates.includes(booking.state));
  const now = standing.find((booking) => booking.startMs <= atMs && atMs < booking.endMs);
  if (now !== undefined) return bound("booked", now);
  const early = standing
    .filter((booking) => booking.startMs > atMs && booking.startMs - atMs <= bindingMarginMs)
    .sort((a, b) => a.startMs - b.startMs)[0];
  if (early !== undefined) return bound("early", early);
  const late = own
    .filter((booking) => booking.state === "ended" || holdingStates.includes(booking.state))
    .filter((booking) => booking.endMs <= atMs && atMs - booking.endMs <= bindingMarginMs)
    .sort((a, b) => b.endMs - a.endMs)[0];
  if (late !== undefined) return bound("late", late);
  const intruded = bookingsAround()[0];
  return intruded === undefined
    ? { binding: { kind: "unbooked", bookingId: null }, booking: undefined }
    : { binding: wrongDroneIn(intruded), booking: undefined };
}

function wrongDroneIn({ id, organisationId }: PlannedBooking): Binding {
  return { kind: "wrongDrone", bookingId: id, enteredOrganisationId: organisationId };
}

function bound(kind: "booked" | "early" | "late", booking: PlannedBooking): BoundFlight {
  return { binding: { kind, bookingId: booking.id }, booking };
}

/** True where a booking is the flight's own, not one that it intrudes on. */
export function isOwnBinding({ kind }: Binding): boolean {
  return kind !== "unbooked" && kind !== "wrongDrone";
}

export type HandBinding =
  | {
      readonly kind: "bound";
      readonly binding: Binding;
      readonly booking: PlannedBooking | undefined;
    }
  | {
      readonly kind: "refused";
      readonly reason:
        | "unknownFlight"
        | "alreadyBound"
        | "unknownBooking"
        | "bookingOver"
        | "outsideWindow"
        | "otherCompany"
        | "notBoundByHand";
    };

/** A flight that somebody asks to bind. Times are epoch ms. */
export interface BindableFlight {
  readonly binding: Binding;
  /** What was decided at arming. */
  readonly atArming: Binding;
  readonly aircraftId: string | null;
  readonly armedAtMs: number;
  /** Null while its session has it open: it may fly on. */
  readonly endedAtMs: number | null;
}

/** What a controller asks for. */
export interface AskedBinding {
  /** Null: as it was decided at arming. */
  readonly bookingId: string | null;
  /** The organisation of the flight's aircraft; null where nobody is known to own it. */
  readonly ownerId: string | null;
}

/**
 * The binding that a controller asks for: of a flight that overlaps the booking's window, or the
 * 15 min before and after it. One that has ended may be bound to a booking that has ended too. What
 * was bound by hand may be bound anew, or taken back to what was decided at arming; a company's
 * flight goes to no other company's booking.
 *
 * @param flight Undefined where nobody ever heard of it.
 */
export function bindByHand(
  bookings: readonly PlannedBooking[],
  flight: BindableFlight | undefined,
  { bookingId, ownerId }: AskedBinding,
  nowMs: number,
): HandBinding {
  if (flight === undefined) return refused("unknownFlight");
  const { binding: before, atArming, armedAtMs, endedAtMs, aircraftId } = flight;
  if (bookingId === null) {
    if (before.kind !== "byHand") return refused("notBoundByHand");
    return { kind: "bound", binding: atArming, booking: undefined };
  }
  const isSame = before.bookingId === bookingId;
  if (isOwnBinding(before) && (before.kind !== "byHand" || isSame)) return refused("alreadyBound");
  const booking = bookings.find(({ id }) => id === bookingId);
  if (booking === undefined) return refused("unknownBooking");
  if (ownerId !== null && booking.organisationId !== ownerId) return refused("otherCompany");
  const isStanding = holdingStates.includes(booking.state);
  if (!isStanding && endedAtMs === null) return refused("bookingOver");
  const isInTime =
    armedAtMs <= booking.endMs + bindingMarginMs &&
    (endedAtMs ?? nowMs) >= booking.startMs - bindingMarginMs;
  if (!isInTime) return refused("outsideWindow");
  const isNamed = booking.aircraft.some((one) => one.aircraftId === aircraftId);
  const named = isNamed ? {} : { namesAircraft: false };
  return { kind: "bound", binding: { kind: "byHand", bookingId, ...named }, booking };
}

function refused(reason: Extract<HandBinding, { kind: "refused" }>["reason"]): HandBinding {
  return { kind: "refused", reason };
}

/** The booking whose volume a flight armed in that it does not name, as the plan holds it. */
export function enteredBooking(
  bookings: readonly PlannedBooking[],
  { kind, bookingId }: Binding,
): PlannedBooking | undefined {
  if (kind !== "wrongDrone") return undefined;
  return bookings.find((booking) => booking.id === bookingId);
}

/** The booking of a flight that has one of its own, as the plan of the moment holds it. */
export function ownBooking(
  bookings: readonly PlannedBooking[],
  binding: Binding,
): PlannedBooking | undefined {
  if (!isOwnBinding(binding)) return undefined;
  return bookings.find((booking) => booking.id === binding.bookingId);
}
