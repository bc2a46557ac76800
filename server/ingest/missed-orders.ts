// Orders that no drone may miss (RTL, LAND, HOLD) and that one has not answered: told once they end
// so, and ended by a later answer or by a heartbeat that shows what was ordered. Kept by the
// command desk.
import type { Command, CommandAction, CommandEvent } from "../../contract/wire/command.ts";
import { shows, type CommandExchange, type CommandHeard } from "../mavlink/command-exchange.ts";
import type { Expectation } from "../mavlink/command-order.ts";
import type { DeskPorts } from "./ordered-drone.ts";

const urgentKinds: readonly CommandAction["kind"][] = ["returnHome", "land", "hold"];

/** True for an order that must reach the drone. */
export function isUrgent({ kind }: CommandAction): boolean {
  return urgentKinds.includes(kind);
}

export class MissedOrders {
  private readonly tell: DeskPorts["orderUnanswered"];
  /** What the drone's heartbeat would show, by session. */
  private readonly missed = new Map<string, Expectation>();

  constructor(tell: DeskPorts["orderUnanswered"]) {
    this.tell = tell;
  }

  /** The command has come to these events. Where a later one took its place, that one counts. */
  follow(
    { action, vehicle, outcome, confirmed, events: all }: Command,
    events: readonly CommandEvent[],
    { order: { expected }, isShown }: Pick<CommandExchange, "order" | "isShown">,
    nowMs: number,
  ): void {
    const isNews = events.some(({ kind }) => kind === "ended" || kind === "confirmed");
    if (!isNews || !isUrgent(action)) return;
    const { sessionId } = vehicle;
    // Unanswered, but it does what was ordered, as before: there is nothing to be missed.
    if (confirmed || isShown || outcome?.kind !== "notAcknowledged") {
      this.answered(sessionId, nowMs);
      return;
    }
    if (all.some(({ kind }) => kind === "superseded")) return;
    this.missed.set(sessionId, expected);
    this.tell(sessionId, true, nowMs);
  }

  /** True while a drone has missed an order: its heartbeats are to be looked at. */
  waitsFor(sessionId: string): boolean {
    return this.missed.has(sessionId);
  }

  heard(sessionId: string, said: CommandHeard, nowMs: number): void {
    const expected = this.missed.get(sessionId);
    if (expected === undefined || said.kind !== "heartbeat") return;
    if (shows(said, expected)) this.answered(sessionId, nowMs);
  }

  /** Forgets drones that have left. */
  keepOnly(sessionIds: ReadonlySet<string>): void {
    for (const sessionId of this.missed.keys()) {
      if (!sessionIds.has(sessionId)) this.missed.delete(sessionId);
    }
  }

  private answered(sessionId: string, nowMs: number): void {
    this.missed.delete(sessionId);
    this.tell(sessionId, false, nowMs);
  }
}
