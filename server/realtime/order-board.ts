// The newest commands or transfers as the journal tells them: kept in memory, so that showing one
// never waits for the database. Called by journal-flow, the routers and the picture reader.
import type { Command } from "../../contract/wire/command.ts";

/** Orders kept in memory; older ones are in the database. */
export const boardOrdersMax = 300;

type Order = Pick<Command, "id" | "requestedAtMs" | "revision">;

export interface OrderBoard<One extends Order> {
  /** Takes what the journal tells; undefined where it is no newer than what is known. */
  changed(order: One): One | undefined;
  find(id: string): One | undefined;
  /** Ordered from this time on, oldest first. */
  since(atMs: number): One[];
}

/** @param known Of the database, from which the journal goes on. */
export function createOrderBoard<One extends Order>(known: readonly One[]): OrderBoard<One> {
  const orders = new Map(known.map((order) => [order.id, order]));
  return {
    changed(order) {
      const before = orders.get(order.id);
      if (before !== undefined && before.revision >= order.revision) return undefined;
      orders.set(order.id, order);
      if (orders.size > boardOrdersMax) {
        const [oldest] = [...orders.values()].sort((a, b) => a.requestedAtMs - b.requestedAtMs);
        if (oldest !== undefined) orders.delete(oldest.id);
      }
      return order;
    },
    find: (id) => orders.get(id),
    since: (atMs) =>
      [...orders.values()]
        .filter(({ requestedAtMs }) => requestedAtMs >= atMs)
        .sort((a, b) => a.requestedAtMs - b.requestedAtMs),
  };
}
