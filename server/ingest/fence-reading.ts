// Reads the fence on each drone that has a booking: when it is first heard with one, and again when
// it arms. At a bounded rate, and never while anything else is transferred. Called by the ingest
// tick; what was read stays with the mission desk.
import type { WatchPlan } from "../../contract/wire/watch-plan.ts";
import { isFlying, type VehicleSession } from "../telemetry/vehicle-session.ts";
import { bookingOf } from "./command-route.ts";
import type { MissionDesk } from "./mission-desk.ts";

/** One fence is begun in this time, whatever the number of drones. */
export const readEveryMs = 2_000;
/** Readings tried at each occasion; a drone that gives none then has its fence unknown… */
export const triesMax = 2;
/** …and the time between them. */
export const tryAgainAfterMs = 30_000;

export interface FenceReadingPorts {
  readonly sessions: () => Iterable<VehicleSession>;
  readonly plan: () => WatchPlan;
  readonly missions: Pick<MissionDesk, "readFence" | "fenceOf">;
}

interface Tried {
  readonly sessionId: string;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  readonly times: number;
}

export class FenceReading {
  private readonly ports: FenceReadingPorts;
  private beganAtMs = Number.NEGATIVE_INFINITY;
  /** By session, booking and flight. */
  private readonly tried = new Map<string, Tried>();

  constructor(ports: FenceReadingPorts) {
    this.ports = ports;
  }

  tick(nowMs: number): void {
    if (nowMs - this.beganAtMs < readEveryMs) return;
    const sessions = [...this.ports.sessions()];
    this.forgetOthers(new Set(sessions.map(({ sessionId }) => sessionId)));
    for (const session of sessions) {
      const occasion = this.occasionOf(session, nowMs);
      if (occasion === undefined) continue;
      const before = this.tried.get(occasion);
      if (before !== undefined && this.isDone(session, before, nowMs)) continue;
      const { sessionId } = session;
      if (!this.ports.missions.readFence(sessionId, nowMs)) continue;
      const { firstAtMs = nowMs, times = 0 } = before ?? {};
      this.tried.set(occasion, { sessionId, firstAtMs, lastAtMs: nowMs, times: times + 1 });
      this.beganAtMs = nowMs;
      return;
    }
  }

  /** Undefined without a booking: there is nothing to compare its fence with. */
  private occasionOf(session: VehicleSession, nowMs: number): string | undefined {
    const { sessionId, flight } = session;
    const booking = bookingOf(session, this.ports.plan(), nowMs);
    if (booking === undefined) return undefined;
    return `${sessionId} ${booking.id} ${isFlying(session) ? (flight?.id ?? "") : ""}`;
  }

  private isDone(session: VehicleSession, tried: Tried, nowMs: number): boolean {
    const { readAtMs } = this.ports.missions.fenceOf(session, nowMs);
    if (readAtMs !== null && readAtMs >= tried.firstAtMs) return true;
    return tried.times >= triesMax || nowMs - tried.lastAtMs < tryAgainAfterMs;
  }

  private forgetOthers(sessionIds: ReadonlySet<string>): void {
    for (const [occasion, { sessionId }] of this.tried) {
      if (!sessionIds.has(sessionId)) this.tried.delete(occasion);
    }
  }
}
