// The journal's file as it is read, line by line, so that its size does not matter: entries, and
// lines that begin an epoch. What follows a damaged line is moved aside. Called by journal.ts.
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from "node:fs";
import { journalEntrySchema, type JournalEntry } from "../../contract/wire/journal-event.ts";
import { journalEpochSchema, unnamedEpoch, type JournalEpoch } from "./journal-epochs.ts";
import { EntryPlaces } from "./journal-places.ts";

const newline = 0x0a;
/** Damaged ends of one journal that may be set aside. */
const asideMax = 100;
/** What is read at once when the whole file is. */
const pieceBytes = 1024 * 1024;
/** A longer line is damage: the largest entry, of a mission with its items, is far below. */
const lineBytesMax = 16 * 1024 * 1024;

/** What is in the file. */
export interface JournalContent {
  /** Where its entries are, and how many. */
  readonly places: EntryPlaces;
  readonly lastEntry: JournalEntry | undefined;
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
  readonly bytes: number;
  /** Names the line, and what was found in it. */
  readonly why: string;
}

/** A line without its end. */
interface Line {
  readonly bytes: Buffer;
  /** Where the next line begins. */
  readonly nextByte: number;
}

/**
 * The whole lines from a byte on; a line longer than the longest allowed comes cut, and last.
 *
 * @param readBytes What is read at once.
 */
export function* linesOf(file: number, fromByte: number, readBytes: number): Generator<Line> {
  let rest = Buffer.alloc(0);
  let restByte = fromByte;
  for (;;) {
    const piece = Buffer.allocUnsafe(readBytes);
    const length = readSync(file, piece, 0, readBytes, restByte + rest.length);
    if (length === 0) return;
    const bytes = Buffer.concat([rest, piece.subarray(0, length)]);
    let from = 0;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
      yield { bytes: bytes.subarray(from, end), nextByte: restByte + end + 1 };
      from = end + 1;
    }
    rest = bytes.subarray(from);
    restByte += from;
    if (rest.length > lineBytesMax) {
      yield { bytes: rest, nextByte: restByte + rest.length };
      return;
    }
  }
}

/**
 * Reads every whole line up to a damaged one.
 *
 * @param onEntry Gets each entry, in order.
 */
export function readJournalFile(
  file: number,
  path: string,
  onEntry: (entry: JournalEntry) => void,
): JournalContent {
  const fileBytes = fstatSync(file).size;
  const places = new EntryPlaces();
  const epochs: JournalEpoch[] = [];
  let lastEntry: JournalEntry | undefined;
  let bytes = 0;
  let lines = 0;
  for (const { bytes: text, nextByte } of linesOf(file, 0, pieceBytes)) {
    lines += 1;
    const line = readLineOf(text.toString("utf8"), places.count);
    if (line instanceof Error) {
      const why = `${path}, line ${lines}: not the journal line expected: ${line.message}`;
      const damaged = { bytes: fileBytes - bytes, why };
      return { places, lastEntry, epochs, bytes, cutTailBytes: 0, damaged };
    }
    bytes = nextByte;
    if ("event" in line) {
      // Entries of a journal from before there were epochs.
      if (epochs.length === 0) epochs.push(unnamedEpoch);
      lastEntry = line;
      places.add(bytes);
      onEntry(line);
    } else {
      epochs.push(line);
    }
  }
  const cutTailBytes = fileBytes - bytes;
  return { places, lastEntry, epochs, bytes, cutTailBytes, damaged: undefined };
}

/**
 * Keeps the end of a journal from a byte on beside it, as "journal.jsonl.aside-1" and so on, on
 * disk.
 *
 * @returns The path it got.
 * @throws where it cannot be written: the journal stays as it is
 */
export function keepAside(file: number, path: string, fromByte: number): string {
  for (let number = 1; number <= asideMax; number++) {
    const place = `${path}.aside-${number}`;
    if (existsSync(place)) continue;
    const aside = openSync(place, "wx", 0o600);
    try {
      copyOnto(aside, file, fromByte);
      fsyncSync(aside);
      return place;
    } catch (error) {
      rmSync(place, { force: true });
      throw error;
    } finally {
      closeSync(aside);
    }
  }
  throw new Error(`${path}: ${asideMax} damaged ends of it are kept aside; move them away`);
}

function copyOnto(target: number, file: number, fromByte: number): void {
  const piece = Buffer.allocUnsafe(pieceBytes);
  for (let at = fromByte; ;) {
    const length = readSync(file, piece, 0, piece.length, at);
    if (length === 0) return;
    for (let done = 0; done < length;) done += writeSync(target, piece, done, length - done);
    at += length;
  }
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
