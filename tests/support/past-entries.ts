// What ingest rebuilds from its journal at start, from entries that a test has in memory.
import type { JournalEntry } from "../../contract/wire/journal-event.ts";
import { OpenOrdersFold, type OpenOrders } from "../../server/ingest/commands-of-journal.ts";
import { IngestStateFold, type IngestState } from "../../server/ingest/ingest-state.ts";

export function ingestState(entries: readonly JournalEntry[], nowMs: number): IngestState {
  const fold = new IngestStateFold();
  for (const entry of entries) fold.follow(entry);
  return fold.state(nowMs);
}

export function openOrders(entries: readonly JournalEntry[]): OpenOrders {
  const fold = new OpenOrdersFold();
  for (const entry of entries) fold.follow(entry);
  return fold.open();
}
