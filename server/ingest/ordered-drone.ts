// What commands and transfers have in common: the drone that is ordered, every frame over its way
// of that moment, and orders that are asked for twice. Called by the command and mission desks.
import type { CommandedVehicle } from "../../contract/wire/command.ts";
import type { JournalEvent } from "../../contract/wire/journal-event.ts";
import type { WatchPlan } from "../../contract/wire/watch-plan.ts";
import type { Encoder } from "../mavlink/encode.ts";
import type { StationMessage } from "../mavlink/station-message.ts";
import type { SystemAddress } from "../mavlink/system-address.ts";
import type { LinkAddress } from "../telemetry/ports.ts";
import type { VehicleSession } from "../telemetry/vehicle-session.ts";
import { commandedVehicle, routeTo, type NoRoute } from "./command-route.ts";

export interface DeskPorts {
  readonly sessions: () => Iterable<VehicleSession>;
  readonly plan: () => WatchPlan;
  readonly encoder: Pick<Encoder, "message">;
  readonly own: SystemAddress;
  readonly send: (bytes: Uint8Array, to: LinkAddress) => void;
  /** Appends to the journal. */
  readonly tell: (atMs: number, event: JournalEvent) => void;
  /** An order that no drone may miss was not answered, or has been since. */
  readonly orderUnanswered: (sessionId: string, isStanding: boolean, atMs: number) => void;
}

/** The drone that somebody orders, or why nothing can be sent to it now. */
export type OrderedDrone =
  | {
      readonly kind: "drone";
      readonly session: VehicleSession;
      readonly target: SystemAddress;
      readonly vehicle: CommandedVehicle;
    }
  | NoRoute;

export function orderedDrone(
  { sessions, plan }: Pick<DeskPorts, "sessions" | "plan">,
  sessionId: string,
  nowMs: number,
): OrderedDrone {
  const route = routeTo(sessions(), sessionId, nowMs);
  if (route.kind === "none") return route;
  const { session, target } = route;
  return { kind: "drone", session, target, vehicle: commandedVehicle(session, plan(), nowMs) };
}

/**
 * Sends one frame. The way is asked anew each time: the drone may have moved to another address, or
 * got a twin.
 *
 * @returns Why nothing was sent; undefined where it was.
 */
export function sendTo(
  { sessions, encoder, send }: Pick<DeskPorts, "sessions" | "encoder" | "send">,
  sessionId: string,
  message: StationMessage,
  nowMs: number,
): NoRoute["reason"] | undefined {
  const route = routeTo(sessions(), sessionId, nowMs);
  if (route.kind === "none") return route.reason;
  send(encoder.message(route.target, message), route.to);
  return undefined;
}

/** Orders remembered by id; beyond it the oldest are forgotten. */
export const recentOrdersMax = 300;

/** The newest orders as they stand: one that is asked for again is not carried out again. */
export class RecentOrders<One extends { readonly id: string }> {
  private readonly orders = new Map<string, One>();

  keep(order: One): void {
    this.orders.set(order.id, order);
    if (this.orders.size <= recentOrdersMax) return;
    for (const id of this.orders.keys()) {
      this.orders.delete(id);
      return;
    }
  }

  find(id: string): One | undefined {
    return this.orders.get(id);
  }

  /** Oldest first. */
  all(): One[] {
    return [...this.orders.values()];
  }
}
