// Which height limits to draw in a chart, in the datum that the chart is in: those of the booking
// and those that an alarm named. A limit in another datum is left out, never converted by guess.
import type { AltitudeReference } from "../../contract/wire/altitude.ts";
import type { Booking } from "../../contract/wire/booking.ts";
import type { FlightEvent } from "../../contract/wire/flight-event.ts";

export type ChartDatum = "ABOVE_HOME" | "AMSL";

/** Heights of limit lines, lowest first, each once. */
export function chartLimitsM(
  booking: Booking | undefined,
  events: readonly FlightEvent[],
  datum: ChartDatum,
): number[] {
  const limits = new Set<number>();
  const add = (reference: AltitudeReference, valueM: number): void => {
    if (reference === datum) limits.add(valueM);
  };
  for (const { band, envelope } of booking?.volumes ?? []) {
    add(band.reference, band.upperM);
    if (band.reference !== "AMSL") add("AMSL", envelope.upperAmslM);
    // A floor at or below the ground is open downwards, so there is nothing to draw.
    if (band.lowerM > 0) add(band.reference, band.lowerM);
  }
  for (const event of events) {
    if (event.kind !== "alarm" || event.alarm.limit === null) continue;
    add(event.alarm.limit.reference, event.alarm.limit.valueM);
  }
  return [...limits].sort((a, b) => a - b);
}

/** A time during which an alarm stood; half-open. */
export interface AlarmSpan {
  readonly startMs: number;
  readonly endMs: number;
  readonly priority: "emergency" | "high" | "low";
}

/** @param endOfFlightMs Where an alarm that never returned is drawn to. */
export function alarmSpans(events: readonly FlightEvent[], endOfFlightMs: number): AlarmSpan[] {
  return events.flatMap((event) => {
    if (event.kind !== "alarm") return [];
    const { raisedAtMs, returnedAtMs, priority } = event.alarm;
    return [{ startMs: raisedAtMs, endMs: returnedAtMs ?? endOfFlightMs, priority }];
  });
}
