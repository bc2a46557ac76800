// Whose frames they are when a system id is heard from a second address: the same vehicle that
// came back by another way, the same vehicle after a reboot, or another vehicle with the same id.
// Called by telemetry/vehicles.ts at heartbeats and ticks.
import type { LiveClock } from "./live-clock.ts";

/** After this silence of the known address the newest one takes over. */
export const takeoverSilenceMs = 2_000;
/** How long a boot clock is waited for that would tell a reboot from a move. */
const bootClockWaitMs = 1_000;
/** A boot clock further back than this is another boot, not late datagrams. */
const bootBackMinMs = 2_000;

/** The vehicle as it is known. Times are receipt times, epoch ms. */
export interface KnownSender {
  readonly lastHeartbeatAtMs: number;
  /** Last frame of the autopilot from the known address. */
  readonly lastFrameAtMs: number;
  readonly clock: LiveClock | undefined;
}

/** The new address, since its first heartbeat with the id. */
export interface NewSender {
  readonly sinceMs: number;
  /** Its heartbeat said that the autopilot is starting. */
  readonly isBooting: boolean;
  /** The newest boot clock heard from it. */
  readonly bootMs: number | undefined;
}

/**
 * twin: both send at the same time. moved: the same session goes on at the new address. rebooted: a
 * new session begins there. wait: too early to say.
 */
export type SenderVerdict = "twin" | "moved" | "rebooted" | "wait";

export function judgeSender(known: KnownSender, sender: NewSender, nowMs: number): SenderVerdict {
  if (known.lastHeartbeatAtMs > sender.sinceMs) return "twin";
  if (nowMs - known.lastFrameAtMs < takeoverSilenceMs) return "wait";
  if (sender.isBooting) return "rebooted";
  const { clock } = known;
  if (sender.bootMs === undefined && nowMs - sender.sinceMs < bootClockWaitMs) return "wait";
  const wentBack =
    clock !== undefined &&
    sender.bootMs !== undefined &&
    sender.bootMs < clock.newestBootMs - bootBackMinMs;
  return wentBack ? "rebooted" : "moved";
}
