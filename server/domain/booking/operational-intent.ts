// The states of a booking and the steps between them (ASTM F3548 operational intent states, with
// those before and beside them). Called by the booking flow before every change of state.
import type { BookingState } from "../../../contract/wire/booking.ts";
import type { ConformanceState } from "../../../contract/wire/flight.ts";

const steps: Readonly<Record<BookingState, readonly BookingState[]>> = {
  draft: ["requested", "withdrawn"],
  requested: ["accepted", "rejected", "withdrawn"],
  accepted: ["activated", "requested", "rejected", "withdrawn", "no-show", "ended"],
  activated: ["nonconforming", "ended"],
  nonconforming: ["activated", "contingent", "ended"],
  contingent: ["ended"],
  ended: [],
  withdrawn: [],
  rejected: [],
  "no-show": [],
};

/** True where a booking may go from one state to the other at once. */
export function mayStep(from: BookingState, to: BookingState): boolean {
  return steps[from].includes(to);
}

/** The states that only telemetry writes. */
export type TelemetryState = "activated" | "nonconforming" | "contingent";

/** From the calmest to the worst; telemetry climbs it rung by rung. */
const ladder: readonly BookingState[] = ["accepted", "activated", "nonconforming", "contingent"];

/**
 * The steps that bring a booking to what telemetry shows, in order. Empty where it is there
 * already, or may not go there: a contingent booking ends, whatever its drones do next.
 */
export function telemetryPath(from: BookingState, to: TelemetryState): readonly BookingState[] {
  const [at, goal] = [ladder.indexOf(from), ladder.indexOf(to)];
  if (at < 0 || at === goal) return [];
  if (at < goal) return ladder.slice(at + 1, goal + 1);
  return mayStep(from, to) ? [to] : [];
}

/** A flight that stays with its booking when another is taken from it. */
export interface StayingFlight {
  readonly isFlying: boolean;
  /** How it keeps to the booking now, and the worst it ever did. */
  readonly now: ConformanceState;
  readonly worst: ConformanceState;
}

/**
 * The state of a booking that a flight was bound to by mistake, once that is taken back: what the
 * flights that stay justify. Without any it is accepted again, or ended where its window is over;
 * contingent stays where one of them made it so. A state that no flight moved is left as it is.
 */
export function stateWithout(
  from: BookingState,
  staying: readonly StayingFlight[],
  isWindowOver: boolean,
): BookingState {
  if (ladder.indexOf(from) <= ladder.indexOf("accepted")) return from;
  if (staying.length === 0) return isWindowOver ? "ended" : "accepted";
  if (staying.some(({ worst }) => worst === "contingent")) return "contingent";
  const isBreached = staying.some(({ isFlying, now }) => isFlying && now !== "conforming");
  return isBreached ? "nonconforming" : "activated";
}
