// Hong Kong's calendar and clock, as arithmetic on epoch milliseconds. Used by fields that take a
// date and a time, and by day time lines.

/** Hong Kong is UTC+8 without daylight saving since 1979, so one offset serves every shown time. */
export const hongKongOffsetMs = 8 * 3_600_000;
const dayMs = 86_400_000;

/** Midnight in Hong Kong at or before `timeMs`; epoch ms UTC. */
export function startOfHongKongDayMs(timeMs: number): number {
  return Math.floor((timeMs + hongKongOffsetMs) / dayMs) * dayMs - hongKongOffsetMs;
}

/** The window [startMs, endMs) of the Hong Kong day that holds `timeMs`, moved by whole days. */
export function hongKongDay(timeMs: number, daysLater = 0): { startMs: number; endMs: number } {
  const startMs = startOfHongKongDayMs(timeMs) + daysLater * dayMs;
  return { startMs, endMs: startMs + dayMs };
}

/** `2026-11-22` of a moment, in Hong Kong. */
export function hongKongDateText(timeMs: number): string {
  return new Date(timeMs + hongKongOffsetMs).toISOString().slice(0, 10);
}

/** `14:05` of a moment, in Hong Kong. */
export function hongKongClockText(timeMs: number): string {
  return new Date(timeMs + hongKongOffsetMs).toISOString().slice(11, 16);
}

/**
 * Reads `2026-11-22` and `14:05` (also `9:05`, `1405`) as Hong Kong time.
 *
 * @returns Epoch ms UTC, or undefined where either is not a date or time that exists. `24:00` is
 *   the end of the day.
 */
export function parseHongKongMs(dateText: string, clockText: string): number | undefined {
  const midnightMs = parseHongKongDateMs(dateText);
  const minutes = parseClockMinutes(clockText);
  if (midnightMs === undefined || minutes === undefined) return undefined;
  return midnightMs + minutes * 60_000;
}

/** Midnight in Hong Kong of `2026-11-22`; undefined for anything else, 30 February included. */
export function parseHongKongDateMs(dateText: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(dateText.trim());
  if (match === null) return undefined;
  const midnightMs = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  const existed = new Date(midnightMs).toISOString().slice(0, 10) === dateText.trim();
  return existed ? midnightMs - hongKongOffsetMs : undefined;
}

/** Minutes since midnight of `14:05`, `9:05` or `1405`; `24:00` is 1440; else undefined. */
export function parseClockMinutes(clockText: string): number | undefined {
  const match = /^(\d{1,2})[:.：]?(\d{2})$/.exec(clockText.trim());
  if (match === null) return undefined;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return Number(match[2]) < 60 && minutes <= 1440 ? minutes : undefined;
}
