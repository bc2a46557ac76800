// The journal's file as it is read: entries, and lines that begin an epoch. Called by journal.ts.
import { readFileSync } from "node:fs";
import { journalEntrySchema, type JournalEntry } from "../../contract/wire/journal-event.ts";
import { journalEpochSchema, unnamedEpoch, type JournalEpoch } from "./journal-epochs.ts";

const newline = 0x0a;

/** What is in the file. */
export interface JournalContent {
  readonly entries: readonly JournalEntry[];
  /** Where each entry ends in the file. */
  readonly ends: number[];
  readonly epochs: readonly JournalEpoch[];
  /** Length of its whole lines. */
  readonly bytes: number;
  /** Bytes of a last line that was cut short. */
  readonly cutTailBytes: number;
}

/** Reads every whole line. A damaged one is an error that names it. */
export function readJournalFile(path: string): JournalContent {
  const bytes = readFileSync(path);
  const entries: JournalEntry[] = [];
  const ends: number[] = [];
  const epochs: JournalEpoch[] = [];
  let from = 0;
  let lines = 0;
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
    lines += 1;
    const line = readLineOf(path, lines, bytes.toString("utf8", from, end), entries.length);
    from = end + 1;
    if ("event" in line) {
      // Entries of a journal from before there were epochs.
      if (epochs.length === 0) epochs.push(unnamedEpoch);
      entries.push(line);
      ends.push(from);
    } else {
      epochs.push(line);
    }
  }
  return { entries, ends, epochs, bytes: from, cutTailBytes: bytes.length - from };
}

/** One line: an entry, or the beginning of an epoch. Throws where it is neither. */
export function readJournalLine(text: string): JournalEntry | JournalEpoch {
  const line: unknown = JSON.parse(text);
  const isEpoch = typeof line === "object" && line !== null && "epoch" in line;
  return isEpoch ? journalEpochSchema.parse(line) : journalEntrySchema.parse(line);
}

function readLineOf(
  path: string,
  lineNumber: number,
  text: string,
  entryCount: number,
): JournalEntry | JournalEpoch {
  try {
    const line = readJournalLine(text);
    const [expected, found] =
      "event" in line ? [entryCount + 1, line.number] : [entryCount, line.after];
    if (found === expected) return line;
    throw new Error(`number ${expected} expected, ${found} found`);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new Error(`${path}, line ${lineNumber}: not the journal line expected: ${found}`, {
      cause: error,
    });
  }
}
