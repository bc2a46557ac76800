// The figures that the booking rules judge by. Passed into the booking flow.

export interface BookingSettings {
  /** A start this far in the past still counts as now: people book by the minute. */
  readonly startGraceMsMax: number;
  /** How far ahead a booking may start. */
  readonly horizonMsMax: number;
  readonly lengthMsMax: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export const defaultBookingSettings: BookingSettings = {
  startGraceMsMax: minuteMs,
  horizonMsMax: 30 * 24 * hourMs,
  lengthMsMax: 12 * hourMs,
};
