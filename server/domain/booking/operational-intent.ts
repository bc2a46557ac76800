// The states of a booking and the steps between them (ASTM F3548 operational intent states, with
// those before and beside them). Called by the booking flow before every change of state.
import type { BookingState } from "../../../contract/wire/booking.ts";

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
