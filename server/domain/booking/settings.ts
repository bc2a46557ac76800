// The figures that the booking rules judge by. Passed into the booking flow.

export interface BookingSettings {
  /** A start this far in the past still counts as now: people book by the minute. */
  readonly startGraceMaxMs: number;
  /** How far ahead a booking may start. */
  readonly horizonMaxMs: number;
  readonly lengthMaxMs: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export const defaultBookingSettings: BookingSettings = {
  startGraceMaxMs: minuteMs,
  horizonMaxMs: 30 * 24 * hourMs,
  lengthMaxMs: 12 * hourMs,
};
