// The journal: one JournalEntry a line in DATA_DIR/records/journal.jsonl, numbers without gaps. An
// entry is written before anybody is told of it, and forced to disk soon after. Called by
// server/ingest/main.ts; the telemetry flow appends, the local pipe reads on from a number.
import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from "node:fs";
import {
  journalEntrySchema,
  type JournalEntry,
  type JournalEvent,
} from "../../contract/wire/journal-event.ts";
import type { Log } from "../log.ts";

const newline = 0x0a;

export interface Journal {
  /** Writes one event and returns it with its number. Throws where the disk refuses it. */
  append(atMs: number, event: JournalEvent): JournalEntry;
  /** Number of the last entry; 0 while there is none. */
  readonly lastNumber: number;
  /** Entries after a number, in order, until their text exceeds `bytesMax`; one at least. */
  readAfter(number: number, bytesMax: number): JournalEntry[];
  /** All entries, for rebuilding the state at start. */
  readAll(): JournalEntry[];
  close(): void;
}

/**
 * Opens the journal, or begins one. A line that a crash cut short is cut off; a damaged line in
 * the middle is an error that names it, since numbers would no longer be without gaps.
 */
export function openJournal(path: string, node: string, log: Log): Journal {
  const file = openSync(path, "a+", 0o600);
  const { entries, ends } = readWhole(path, (bytes) => {
    log.warn("The journal's last line was cut short and has been removed.", { bytes });
  });
  let length = ends.at(-1) ?? 0;
  ftruncateSync(file, length);
  let lastEntry = entries.at(-1);
  let syncing = false;
  let unsynced = false;

  function sync(): void {
    unsynced = true;
    if (syncing) return;
    syncing = true;
    unsynced = false;
    fdatasync(file, (error) => {
      syncing = false;
      if (error) log.error("The journal could not be forced to disk.", { error });
      else if (unsynced) sync();
    });
  }

  function append(atMs: number, event: JournalEvent): JournalEntry {
    const entry = { node, number: ends.length + 1, atMs, event };
    const line = Buffer.from(`${JSON.stringify(entry)}\n`);
    try {
      for (let done = 0; done < line.length;) done += writeSync(file, line, done);
    } catch (error) {
      ftruncateSync(file, length);
      throw error;
    }
    length += line.length;
    ends.push(length);
    lastEntry = entry;
    sync();
    return entry;
  }

  function readAfter(number: number, bytesMax: number): JournalEntry[] {
    if (number >= ends.length) return [];
    if (number === ends.length - 1 && lastEntry !== undefined) return [lastEntry];
    const from = ends[number - 1] ?? 0;
    let last = number + 1;
    while (last < ends.length && (ends[last] ?? 0) - from <= bytesMax) last += 1;
    const bytes = Buffer.alloc((ends[last - 1] ?? 0) - from);
    readSync(file, bytes, 0, bytes.length, from);
    const lines = bytes.toString("utf8").trimEnd().split("\n");
    return lines.map((line) => journalEntrySchema.parse(JSON.parse(line)));
  }

  return {
    append,
    get lastNumber() {
      return ends.length;
    },
    readAfter,
    readAll: () => readWhole(path, () => undefined).entries,
    close() {
      fdatasyncSync(file);
      closeSync(file);
    },
  };
}

/** Every whole line, and where each ends in the file. */
function readWhole(
  path: string,
  onCutTail: (bytes: number) => void,
): { entries: JournalEntry[]; ends: number[] } {
  const bytes = readFileSync(path);
  const entries: JournalEntry[] = [];
  const ends: number[] = [];
  let from = 0;
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
    entries.push(readLine(path, bytes.toString("utf8", from, end), ends.length + 1));
    from = end + 1;
    ends.push(from);
  }
  if (from < bytes.length) onCutTail(bytes.length - from);
  return { entries, ends };
}

function readLine(path: string, line: string, number: number): JournalEntry {
  try {
    const entry = journalEntrySchema.parse(JSON.parse(line));
    if (entry.number === number) return entry;
    throw new Error(`number ${number} expected, ${entry.number} found`);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new Error(`${path}, line ${number}: not the journal entry expected: ${found}`, {
      cause: error,
    });
  }
}
