// Commands and transfers that were open when ingest last ended, and the newest of all, from the
// journal. A pure fold; called at start.
import type { Command } from "../../contract/wire/command.ts";
import type { JournalEntry } from "../../contract/wire/journal-event.ts";
import type { Transfer } from "../../contract/wire/mission.ts";
import { RecentOrders } from "./ordered-drone.ts";

export interface OpenOrders {
  readonly commands: readonly Command[];
  readonly transfers: readonly Transfer[];
  /** Open or over, at most `recentOrdersMax`, oldest first. */
  readonly recentCommands: readonly Command[];
  readonly recentTransfers: readonly Transfer[];
}

export function openOrders(entries: readonly JournalEntry[]): OpenOrders {
  const commands = new Map<string, Command>();
  const transfers = new Map<string, Transfer>();
  const recentCommands = new RecentOrders<Command>();
  const recentTransfers = new RecentOrders<Transfer>();
  for (const { event } of entries) {
    if (event.kind === "commandChanged") {
      keep(commands, event.command, event.command.isOver);
      recentCommands.keep(event.command);
    }
    if (event.kind === "transferChanged") {
      recentTransfers.keep(event.transfer);
      keep(transfers, event.transfer, event.transfer.endedAtMs !== null);
    }
  }
  return {
    commands: [...commands.values()],
    transfers: [...transfers.values()],
    recentCommands: recentCommands.all(),
    recentTransfers: recentTransfers.all(),
  };
}

function keep<One extends { readonly id: string }>(
  open: Map<string, One>,
  one: One,
  isOver: boolean,
): void {
  if (isOver) open.delete(one.id);
  else open.set(one.id, one);
}
