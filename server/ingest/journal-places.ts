// Where the entries of a journal are in its file: one mark for every so many, so that reading on
// from a number costs little and remembering next to nothing. Kept by journal.ts.

/** Entries from one mark to the next: some 20 KB to pass over when reading on. */
const entriesPerMark = 64;

/** Entries are added in order, and counted. */
export class EntryPlaces {
  count = 0;
  /** Where every entry whose number is a multiple ends. */
  private readonly marks: number[] = [];

  /** @param endByte Where the entry ends in the file. */
  add(endByte: number): void {
    this.count += 1;
    if (this.count % entriesPerMark === 0) this.marks.push(endByte);
  }

  /** The nearest known end of an entry at or before this one: its number, and the byte after it. */
  before(number: number): { readonly number: number; readonly endByte: number } {
    const mark = Math.min(Math.floor(number / entriesPerMark), this.marks.length);
    return { number: mark * entriesPerMark, endByte: this.marks[mark - 1] ?? 0 };
  }
}
