// Commands and transfers that were open when ingest last ended, and the newest of all, from the
// journal. A fold over its entries; called at start.
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

/** Takes the journal's entries in order, and then says which orders are open. */
export class OpenOrdersFold {
  private readonly commands = new Map<string, Command>();
  private readonly transfers = new Map<string, Transfer>();
  private readonly recentCommands = new RecentOrders<Command>();
  private readonly recentTransfers = new RecentOrders<Transfer>();

  follow({ event }: JournalEntry): void {
    if (event.kind === "commandChanged") {
      keep(this.commands, event.command, event.command.isOver);
      this.recentCommands.keep(event.command);
    }
    if (event.kind === "transferChanged") {
      keep(this.transfers, event.transfer, event.transfer.endedAtMs !== null);
      this.recentTransfers.keep(event.transfer);
    }
  }

  open(): OpenOrders {
    return {
      commands: [...this.commands.values()],
      transfers: [...this.transfers.values()],
      recentCommands: this.recentCommands.all(),
      recentTransfers: this.recentTransfers.all(),
    };
  }
}

function keep<One extends { readonly id: string }>(
  open: Map<string, One>,
  one: One,
  isOver: boolean,
): void {
  if (isOver) open.delete(one.id);
  else open.set(one.id, one);
}
