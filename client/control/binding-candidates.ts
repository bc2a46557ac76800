// Which bookings a controller is offered for a flight that has none of its own. Pure; called by
// bind-flight.tsx.
import { holdingStates, type Booking } from "../../contract/wire/booking.ts";

/** A booking is offered from so long before its start until so long after its end. */
export const candidateMarginMs = 15 * 60_000;

/** When a flight was flown that has ended, epoch ms. */
export interface FlownSpan {
  readonly armedAtMs: number;
  readonly endedAtMs: number;
}

/**
 * Bookings of the site by start. For a flight under way the standing ones whose window holds the
 * moment or nearly does; for one that has ended those around it that stand, or ended just now:
 * older ones the ingest process has forgotten.
 *
 * @param flown Undefined while the flight may go on.
 */
export function bindingCandidates(
  bookings: Iterable<Booking>,
  siteId: string | undefined,
  nowMs: number,
  flown?: FlownSpan,
): Booking[] {
  const { armedAtMs, endedAtMs } = flown ?? { armedAtMs: nowMs, endedAtMs: nowMs };
  return [...bookings]
    .filter((booking) => booking.siteId === siteId)
    .filter(({ state, endMs }) => {
      if (holdingStates.includes(state)) return true;
      return flown !== undefined && state === "ended" && nowMs < endMs + candidateMarginMs;
    })
    .filter(({ startMs, endMs }) => {
      return startMs - candidateMarginMs <= endedAtMs && armedAtMs < endMs + candidateMarginMs;
    })
    .sort((a, b) => a.startMs - b.startMs || a.title.localeCompare(b.title, "en"));
}
