// The journal's file as it is read: entries, and lines that begin an epoch. What follows a damaged
// line is moved aside. Called by journal.ts.
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { journalEntrySchema, type JournalEntry } from "../../contract/wire/journal-event.ts";
import { journalEpochSchema, unnamedEpoch, type JournalEpoch } from "./journal-epochs.ts";

const newline = 0x0a;
/** Damaged ends of one journal that may be set aside. */
const asideMax = 100;

/** What is in the file. */
export interface JournalContent {
  readonly entries: readonly JournalEntry[];
  /** Where each entry ends in the file. */
  readonly ends: number[];
  readonly epochs: readonly JournalEpoch[];
  /** Length of its whole lines, up to a damaged one. */
  readonly bytes: number;
  /** Bytes of a last line that was cut short. */
  readonly cutTailBytes: number;
  /** What is from the first damaged line on, where there is one. */
  readonly damaged: DamagedEnd | undefined;
}

/** A page that a power loss left empty, say: what follows has no place in the numbering. */
export interface DamagedEnd {
  readonly bytes: Uint8Array;
  /** Names the line, and what was found in it. */
  readonly why: string;
}

/** Reads every whole line up to a damaged one. */
export function readJournalFile(path: string): JournalContent {
  const bytes = readFileSync(path);
  const entries: JournalEntry[] = [];
  const ends: number[] = [];
  const epochs: JournalEpoch[] = [];
  let from = 0;
  let lines = 0;
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
    lines += 1;
    const line = readLineOf(bytes.toString("utf8", from, end), entries.length);
    if (line instanceof Error) {
      const why = `${path}, line ${lines}: not the journal line expected: ${line.message}`;
      const damaged = { bytes: bytes.subarray(from), why };
      return { entries, ends, epochs, bytes: from, cutTailBytes: 0, damaged };
    }
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
  const cutTailBytes = bytes.length - from;
  return { entries, ends, epochs, bytes: from, cutTailBytes, damaged: undefined };
}

/**
 * Keeps what is cut off a journal beside it, as "journal.jsonl.aside-1" and so on, on disk.
 *
 * @returns The path it got.
 * @throws where it cannot be written: the journal stays as it is
 */
export function keepAside(path: string, bytes: Uint8Array): string {
  for (let number = 1; number <= asideMax; number++) {
    const place = `${path}.aside-${number}`;
    if (existsSync(place)) continue;
    const file = openSync(place, "wx", 0o600);
    try {
      writeFileSync(file, bytes);
      fsyncSync(file);
      return place;
    } catch (error) {
      rmSync(place, { force: true });
      throw error;
    } finally {
      closeSync(file);
    }
  }
  throw new Error(`${path}: ${asideMax} damaged ends of it are kept aside; move them away`);
}

/** One line: an entry, or the beginning of an epoch. Throws where it is neither. */
export function readJournalLine(text: string): JournalEntry | JournalEpoch {
  const line: unknown = JSON.parse(text);
  const isEpoch = typeof line === "object" && line !== null && "epoch" in line;
  return isEpoch ? journalEpochSchema.parse(line) : journalEntrySchema.parse(line);
}

function readLineOf(text: string, entryCount: number): JournalEntry | JournalEpoch | Error {
  try {
    const line = readJournalLine(text);
    const [expected, found] =
      "event" in line ? [entryCount + 1, line.number] : [entryCount, line.after];
    if (found === expected) return line;
    return new Error(`number ${expected} expected, ${found} found`);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
