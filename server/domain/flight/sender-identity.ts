// Whose frames they are when a system id is heard from a second address: the same vehicle that
// came back by another way or is heard by two, the same vehicle after a reboot, or another vehicle
// with the same id. Called by telemetry/vehicles.ts at heartbeats and ticks.
import type { LiveClock } from "./live-clock.ts";

/** After this silence of the known address the newest one takes over. */
export const takeoverSilenceMs = 2_000;
/** How long a boot clock is waited for that would tell a reboot from a move. */
const bootClockWaitMs = 1_000;
/** A boot clock further back than this is another boot, not late datagrams. */
const bootBackMsMin = 2_000;
/** Two that send at the same time are given so long to show that they are one; told within 2 s. */
const twinWaitMs = 1_500;
/** While most of what the new address sends are copies: what has no boot clock may be chance. */
const copiesWaitMs = 10_000;
/** Frames with a boot clock, the same byte for byte on both ways, that show that they are one. */
const copiesMin = 3;
/**
 * Frames of any kind, where all that came are copies: a drone may send nothing but heartbeats. The
 * newest may still be on its way by the other link.
 */
const wholeCopiesMin = 5;
const onTheWayMax = 1;
/** Two ways to one vehicle may differ in delay by so much. */
const sameBootMsMax = 1_000;

/** The vehicle as it is known. Times are receipt times, epoch ms. */
export interface KnownSender {
  readonly lastHeartbeatAtMs: number;
  /** Last frame of the autopilot by any way it is known by. */
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
  /** Its frames with a boot clock that came by the known address too, byte for byte. */
  readonly timedCopies: number;
  /** Its frames since then, and those of them that came by the known address too, of any kind. */
  readonly frames: number;
  readonly copies: number;
}

/**
 * twin: both send at the same time. alsoHere: one vehicle by two ways, as directly and through a
 * router. moved: the same session goes on at the new address. rebooted: a new session begins there.
 * wait: too early to say.
 */
export type SenderVerdict = "twin" | "alsoHere" | "moved" | "rebooted" | "wait";

export function judgeSender(known: KnownSender, sender: NewSender, nowMs: number): SenderVerdict {
  if (sender.timedCopies >= copiesMin) return "alsoHere";
  const areAllCopies = sender.copies >= sender.frames - onTheWayMax;
  if (sender.copies >= wholeCopiesMin && areAllCopies) return "alsoHere";
  if (known.lastHeartbeatAtMs > sender.sinceMs) {
    const isLikelyOne = sender.copies > 0 && sender.copies * 2 >= sender.frames;
    const waitMs = isLikelyOne ? copiesWaitMs : twinWaitMs;
    return nowMs - sender.sinceMs >= waitMs ? "twin" : "wait";
  }
  if (nowMs - known.lastFrameAtMs < takeoverSilenceMs) return "wait";
  if (sender.isBooting) return "rebooted";
  const { clock } = known;
  if (sender.bootMs === undefined && nowMs - sender.sinceMs < bootClockWaitMs) return "wait";
  const wentBack =
    clock !== undefined &&
    sender.bootMs !== undefined &&
    sender.bootMs < clock.newestBootMs - bootBackMsMin;
  return wentBack ? "rebooted" : "moved";
}

/** What a session shows of its autopilot. */
export interface SeenAutopilot {
  readonly autopilotUid: string | undefined;
  readonly clock: LiveClock | undefined;
}

/**
 * True where two senders that looked like twins are one autopilot after all, heard by two of its
 * own links: it names itself alike on both and booted at the same moment. Either alone proves
 * nothing: copied firmware may copy the uid, and two drones may be switched on together.
 */
export function isSameAutopilot(first: SeenAutopilot, second: SeenAutopilot): boolean {
  if (first.autopilotUid === undefined || first.autopilotUid !== second.autopilotUid) return false;
  if (first.clock === undefined || second.clock === undefined) return false;
  return Math.abs(first.clock.offsetMs - second.clock.offsetMs) <= sameBootMsMax;
}
