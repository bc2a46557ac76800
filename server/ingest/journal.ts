// The journal: one JournalEntry a line in DATA_DIR/records/journal.jsonl, numbers without gaps. An
// entry is on disk before anybody is told of it, unless the disk is slow. Called by
// server/ingest/main.ts; the telemetry flow appends, the local pipe reads on from a number.
import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  writeSync,
} from "node:fs";
import { platform } from "node:os";
import { dirname } from "node:path";
import type {
  JournalEntry,
  JournalEvent,
  JournalPosition,
} from "../../contract/wire/journal-event.ts";
import type { Log } from "../log.ts";
import { commonNumber, type JournalEpoch } from "./journal-epochs.ts";
import {
  keepAside,
  linesOf,
  readJournalFile,
  readJournalLine,
  type JournalContent,
} from "./journal-file.ts";
import type { EntryPlaces } from "./journal-places.ts";

/** An entry waits for the disk this long; then it is told, for an alarm must not be late. */
export const diskWaitMsMax = 100;
/** A journal of this size is warned of: all of it is read at each start, piece by piece. */
export const journalBytesWarned = 512 * 1024 * 1024;
/** What is read at once for who reads on. */
const readBytes = 64 * 1024;

export interface Journal {
  /** Writes one event and returns it with its number. Throws where the disk refuses it. */
  append(atMs: number, event: JournalEvent): JournalEntry;
  /** Names this opening of the journal. */
  readonly epoch: string;
  /** Number of the last entry that may be told; 0 while there is none. */
  readonly lastNumber: number;
  /** The last number up to which a reader's journal and this one are the same. */
  commonNumber(position: JournalPosition): number;
  /** Entries after a number that may be told, in order, until their text exceeds `bytesMax`. */
  readAfter(number: number, bytesMax: number): JournalEntry[];
  close(): void;
}

export interface JournalPorts {
  readonly log: Log;
  /** Makes an identity that no other opening has. */
  readonly makeEpoch: () => string;
  /** Gets each entry that is there when it is opened, in order, for rebuilding the state. */
  readonly onEntry: (entry: JournalEntry) => void;
  /** `lastNumber` has grown. */
  readonly onTellable: () => void;
}

/**
 * Opens the journal, or begins one, and with it an epoch. A line that a crash cut short is cut off.
 * What follows a damaged line is set aside with it, since numbers would have gaps; the new epoch
 * goes on from the last good number.
 *
 * @throws where the file cannot be read, or the damaged end cannot be kept
 */
export function openJournal(path: string, node: string, ports: JournalPorts): Journal {
  const file = openSync(path, "a+", 0o600);
  const content = readJournalFile(file, path, ports.onEntry);
  const { places, bytes, cutTailBytes, damaged } = content;
  if (damaged !== undefined) {
    const facts = { ...damaged, goesOnAfter: places.count };
    const keptAs = keepAside(file, path, bytes);
    ports.log.error("The journal is damaged; what follows is set aside.", { ...facts, keptAs });
  }
  if (cutTailBytes > 0) {
    ports.log.warn("The journal's last line was cut short and has been removed.", {
      bytes: cutTailBytes,
    });
  }
  ftruncateSync(file, bytes);
  if (bytes > journalBytesWarned) {
    ports.log.warn("The journal is large: starts take long.", { bytes });
  }
  return new JournalFile(file, path, node, ports, content);
}

/** As every line of an epoch begins. */
const epochStart = Buffer.from('{"epoch":');

class JournalFile implements Journal {
  readonly epoch: string;
  private readonly node: string;
  private readonly ports: JournalPorts;
  private readonly file: number;
  private readonly places: EntryPlaces;
  private readonly epochs: readonly JournalEpoch[];
  private length: number;
  private lastEntry: JournalEntry | undefined;
  private tellable: number;
  /** The line of this epoch, until the disk has taken it. */
  private opening: Buffer | undefined;
  private isSyncing = false;
  private isClosed = false;

  constructor(
    file: number,
    path: string,
    node: string,
    ports: JournalPorts,
    { places, lastEntry, epochs, bytes }: JournalContent,
  ) {
    this.file = file;
    this.node = node;
    this.ports = ports;
    this.length = bytes;
    this.places = places;
    this.lastEntry = lastEntry;
    this.tellable = places.count;
    this.epoch = ports.makeEpoch();
    const begun = { epoch: this.epoch, after: places.count };
    this.epochs = [...epochs, begun];
    this.opening = lineOf(begun);
    this.begin(path);
  }

  get lastNumber(): number {
    return this.tellable;
  }

  commonNumber(position: JournalPosition): number {
    return commonNumber(this.epochs, this.places.count, position);
  }

  append(atMs: number, event: JournalEvent): JournalEntry {
    const entry = { node: this.node, number: this.places.count + 1, atMs, event };
    this.writeOpening();
    this.write(lineOf(entry));
    this.places.add(this.length);
    this.lastEntry = entry;
    // Each entry has a wait of its own: a young one is not told with one that has waited long.
    setTimeout(() => this.tell(entry.number), diskWaitMsMax).unref();
    this.sync();
    return entry;
  }

  readAfter(number: number, bytesMax: number): JournalEntry[] {
    const { places, tellable, lastEntry } = this;
    if (number >= tellable) return [];
    if (number === places.count - 1 && lastEntry !== undefined) return [lastEntry];
    const entries: JournalEntry[] = [];
    const { number: from, endByte } = places.before(number);
    let at = from;
    let textBytes = 0;
    for (const { bytes } of linesOf(this.file, endByte, readBytes)) {
      if (at === tellable) break;
      if (bytes.subarray(0, epochStart.length).equals(epochStart)) continue;
      at += 1;
      if (at <= number) continue;
      textBytes += bytes.length;
      if (textBytes > bytesMax && entries.length > 0) break;
      const line = readJournalLine(bytes.toString("utf8"));
      if ("event" in line) entries.push(line);
    }
    return entries;
  }

  close(): void {
    try {
      fdatasyncSync(this.file);
    } catch (error) {
      this.ports.log.error("The journal could not be forced to disk.", { error });
    }
    this.tell(this.places.count);
    this.isClosed = true;
    closeSync(this.file);
  }

  /** On disk before any entry of the epoch. A full disk keeps nobody from watching. */
  private begin(path: string): void {
    try {
      this.writeOpening();
      fdatasyncSync(this.file);
      if (this.places.count === 0) syncFolder(dirname(path));
    } catch (error) {
      this.ports.log.error("The journal's opening could not be written yet.", { error });
    }
  }

  private writeOpening(): void {
    if (this.opening === undefined) return;
    this.write(this.opening);
    this.opening = undefined;
  }

  private write(line: Buffer): void {
    try {
      for (let done = 0; done < line.length;) done += writeSync(this.file, line, done);
    } catch (error) {
      ftruncateSync(this.file, this.length);
      throw error;
    }
    this.length += line.length;
  }

  /** What comes while the disk works shares the next turn. */
  private sync(): void {
    if (this.isSyncing || this.isClosed) return;
    this.isSyncing = true;
    const written = this.places.count;
    fdatasync(this.file, (error) => {
      this.isSyncing = false;
      if (this.isClosed) return;
      if (error) {
        this.ports.log.error("The journal could not be forced to disk.", { error });
        return;
      }
      this.tell(written);
      if (this.places.count > written) this.sync();
    });
  }

  private tell(upTo: number): void {
    if (upTo <= this.tellable || this.isClosed) return;
    this.tellable = upTo;
    this.ports.onTellable();
  }
}

function lineOf(line: object): Buffer {
  return Buffer.from(`${JSON.stringify(line)}\n`);
}

/** The file's name is on disk too. Windows has no such thing, and needs none. */
function syncFolder(path: string): void {
  if (platform() === "win32") return;
  const folder = openSync(path, "r");
  fsyncSync(folder);
  closeSync(folder);
}
