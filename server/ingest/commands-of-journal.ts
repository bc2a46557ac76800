// Commands and transfers that were open when ingest last ended, from the journal. A pure fold;
// called at start.
import type { Command } from "../../contract/wire/command.ts";
import type { JournalEntry } from "../../contract/wire/journal-event.ts";
import type { Transfer } from "../../contract/wire/mission.ts";

export interface OpenOrders {
  readonly commands: readonly Command[];
  readonly transfers: readonly Transfer[];
}

export function openOrders(entries: readonly JournalEntry[]): OpenOrders {
  const commands = new Map<string, Command>();
  const transfers = new Map<string, Transfer>();
  for (const { event } of entries) {
    if (event.kind === "commandChanged") keep(commands, event.command, event.command.isOver);
    if (event.kind === "transferChanged") {
      keep(transfers, event.transfer, event.transfer.endedAtMs !== null);
    }
  }
  return { commands: [...commands.values()], transfers: [...transfers.values()] };
}

function keep<One extends { readonly id: string }>(
  open: Map<string, One>,
  one: One,
  isOver: boolean,
): void {
  if (isOver) open.delete(one.id);
  else open.set(one.id, one);
}
