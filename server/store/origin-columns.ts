// Which journal entry a projected row comes from: written with the row, so that rows of a part that
// a journal has lost can be told from the rest (lost-rows.ts).
import type { JournalPosition } from "../../contract/wire/journal-event.ts";

/** The first entry that told of a row. */
export interface JournalOrigin extends JournalPosition {
  readonly node: string;
}

/** Columns that are written with a row, and never again. */
export function originColumns({ node, epoch, number }: JournalOrigin) {
  return { origin_node: node, origin_epoch: epoch, origin_number: number };
}
