// How often one vehicle is believed to have booted again: each reboot ends a session and opens the
// next, so a sender that says it without end would fill disk and journal. Called by
// telemetry/vehicles.ts.

/** Reboots followed within `rebootSpanMs`; a loop of a faulty autopilot is still seen as one. */
export const rebootsMax = 6;
export const rebootSpanMs = 60_000;
/** From its boot to its first heartbeat an autopilot needs longer than this. */
export const rebootSpacingMsMin = 1_000;

/** When the vehicle booted lately, receipt times, oldest first; never more than `rebootsMax`. */
export type RebootPace = readonly number[];

/** The pace with one more reboot; undefined where it comes too soon to be followed. */
export function paceAfterReboot(pace: RebootPace, atMs: number): RebootPace | undefined {
  const lately = pace.filter((oneMs) => atMs - oneMs < rebootSpanMs);
  const lastMs = lately.at(-1);
  if (lastMs !== undefined && atMs - lastMs < rebootSpacingMsMin) return undefined;
  return lately.length < rebootsMax ? [...lately, atMs] : undefined;
}
