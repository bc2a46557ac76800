// The epochs of a journal: each opening begins one, so that a number means an entry only together
// with its epoch. Pure; called by journal.ts, for who reads on from where they were.
import { z } from "zod";
import type { JournalPosition } from "../../contract/wire/journal-event.ts";

/** A line of its own in the journal: entries after number `after` are of this epoch. */
export const journalEpochSchema = z.strictObject({
  epoch: z.string().min(1),
  after: z.number().int().nonnegative(),
});
export type JournalEpoch = Readonly<z.infer<typeof journalEpochSchema>>;

/** The epoch of entries that no epoch line precedes. */
export const unnamedEpoch: JournalEpoch = { epoch: "", after: 0 };

/**
 * The last number that the reader and the journal have in common. Entries beyond it that the reader
 * holds were lost when the journal was cut short, and their numbers were given again.
 *
 * @param epochs In the order of their beginning.
 * @param lastNumber The journal's last entry.
 * @returns 0 where the reader's epoch is unknown here: it is another journal, or an older copy.
 */
export function commonNumber(
  epochs: readonly JournalEpoch[],
  lastNumber: number,
  { epoch, number }: JournalPosition,
): number {
  const at = epochs.findIndex((one) => one.epoch === epoch);
  if (at < 0) return 0;
  return Math.min(number, epochs[at + 1]?.after ?? lastNumber);
}
