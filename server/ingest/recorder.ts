// The records of all open sessions: DATA_DIR/records/<session>/record.tlog with its index and
// track. Frames are kept in memory at once, written every 250 ms and forced to disk every 500 ms.
// Those of an ended session are kept until the disk has them. Called by server/ingest/main.ts; the
// telemetry flow appends.
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { recordFiles, sessionDirOf, type SessionFile } from "../cluster/record-store.ts";
import type { Log } from "../log.ts";
import type { SessionIdentity, SessionRecord } from "../telemetry/ports.ts";
import { AppendFile, type KnownLength } from "./append-file.ts";
import { readBackRecord, type ReadBack } from "./read-back-record.ts";
import { rebuildRows, type RebuiltRows } from "./rebuild-rows.ts";
import {
  createReducers,
  createSessionWriter,
  type SessionFiles,
  type SessionReducers,
} from "./session-writer.ts";

/** Written at least this often. */
const flushEveryMs = 250;
/**
 * Records are forced to disk this often: with a slow disk and a late tick, what power loss may cost
 * stays below a second. Less than two ticks, so that a tick that comes early does not miss it.
 */
const syncEveryMs = 450;
/** Index and track, which are made anew from the record where they are behind. */
const rowSyncEveryMs = 4_950;
/** Ended sessions are tried again, and what was lost is told, at most this often. */
const reviewEveryMs = 950;
/** Ended sessions, and their bytes, that wait for a disk: of more the oldest are given up. */
const endingMax = { sessions: 256, bytes: 128 * 1024 * 1024 };
/** Waits between two tries to make index and track anew, twice as long each time. */
const rebuildRetryMs = { first: 1_000, max: 60_000 };

/** Keeps the records of all open sessions. A disk that fails is logged; the watch goes on. */
export class Recorder {
  private readonly dataDir: string;
  private readonly node: string;
  private readonly log: Log;
  private readonly sessions = new Map<string, SessionFiles>();
  /** Sessions that have ended, but not all of their bytes are on disk. */
  private readonly ending = new Map<string, SessionFiles>();
  private readonly closing = new Set<Promise<unknown>>();
  /** Sessions whose record could not be read when it was to be gone on with. */
  private readonly unread = new Map<string, SessionIdentity>();
  private readonly end = new AbortController();
  private flushedAtMs = 0;
  private syncedAtMs = 0;
  private rowsSyncedAtMs = 0;
  private reviewedAtMs = 0;
  private failures = 0;
  private lostBytes = 0;
  private toldLostBytes = 0;

  constructor(dataDir: string, node: string, log: Log) {
    this.dataDir = dataDir;
    this.node = node;
    this.log = log;
  }

  /** Begins a record. */
  open(identity: SessionIdentity): SessionRecord {
    const folder = this.folderOf(identity);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeSessionFile(folder, { ...identity, node: this.node });
    } catch (error) {
      this.failed(error);
    }
    const reducers = createReducers(identity.sysid, identity.compid, false);
    return this.write(identity, folder, { recordBytes: 0, indexBytes: 0, trackBytes: 0 }, reducers);
  }

  /**
   * Goes on with the record of a session that was open when ingest ended.
   *
   * @throws where it cannot be read. It stays as it is, and is tried again at each flush.
   */
  async resume(
    identity: SessionIdentity,
  ): Promise<{ readonly record: SessionRecord; readonly found: ReadBack }> {
    const folder = this.folderOf(identity);
    this.unread.set(identity.sessionId, identity);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = await readBackRecord(folder, identity);
    this.unread.delete(identity.sessionId);
    const rows = found.rows ?? this.rebuild(identity, folder, found.recordBytes);
    const lengths = { recordBytes: found.recordBytes, ...rows };
    return { record: this.write(identity, folder, lengths, found.reducers), found };
  }

  /**
   * Writes out what has been appended to a session, so that it can be read.
   *
   * @returns False where the disk has not taken all of it, so that it is not whole yet.
   */
  async flush(sessionId: string): Promise<boolean> {
    const unread = this.unread.get(sessionId);
    if (unread !== undefined) (await this.resume(unread)).record.close();
    const files = this.sessions.get(sessionId) ?? this.ending.get(sessionId);
    if (files !== undefined) return each(files, (file) => file.flush());
    // A record that has just been closed may still be on its way.
    await Promise.all(this.closing);
    return true;
  }

  /** Called often; writes and syncs when it is time. */
  tick(nowMs: number): void {
    const isSyncDue = nowMs - this.syncedAtMs >= syncEveryMs;
    if (!isSyncDue && nowMs - this.flushedAtMs < flushEveryMs) return;
    const isRowSyncDue = nowMs - this.rowsSyncedAtMs >= rowSyncEveryMs;
    this.flushedAtMs = nowMs;
    if (isSyncDue) this.syncedAtMs = nowMs;
    if (isRowSyncDue) this.rowsSyncedAtMs = nowMs;
    const step = (isDue: boolean) => (file: AppendFile) => (isDue ? file.sync() : file.flush());
    for (const files of this.sessions.values()) {
      void each(files, step(isSyncDue), step(isRowSyncDue));
    }
    if (nowMs - this.reviewedAtMs < reviewEveryMs) return;
    this.reviewedAtMs = nowMs;
    this.tellLost();
    for (const [sessionId, files] of this.ending) this.finish(sessionId, files);
    this.giveUpOldest();
  }

  /** Everything to disk that it takes, everything closed. */
  async close(): Promise<void> {
    this.end.abort();
    await Promise.all([...this.sessions.values(), ...this.ending.values()].map(closeAll));
    this.sessions.clear();
    this.ending.clear();
    await Promise.all(this.closing);
    this.tellLost();
  }

  private write(
    { sessionId }: SessionIdentity,
    folder: string,
    lengths: Lengths,
    reducers: SessionReducers,
  ): SessionRecord {
    const file = (name: "record" | "index" | "track", length: KnownLength): AppendFile =>
      new AppendFile(join(folder, recordFiles[name]), length, {
        onError: (error) => this.failed(error),
        onLost: (bytes) => this.lost(bytes),
      });
    const files = {
      record: file("record", lengths.recordBytes),
      index: file("index", lengths.indexBytes),
      track: file("track", lengths.trackBytes),
    };
    this.sessions.set(sessionId, files);
    return createSessionWriter(files, reducers, () => {
      this.sessions.delete(sessionId);
      this.ending.set(sessionId, files);
      this.finish(sessionId, files);
    });
  }

  /** Closes the files of an ended session once the disk has all of it; the tick tries again. */
  private finish(sessionId: string, files: SessionFiles): void {
    const finished = (async () => {
      const isWritten = await each(files, (file) => file.sync());
      if (isWritten && this.ending.delete(sessionId)) await closeAll(files);
    })().finally(() => this.closing.delete(finished));
    this.closing.add(finished);
  }

  private giveUpOldest(): void {
    const waiting = (files: SessionFiles): number =>
      files.record.waitingBytes + files.index.waitingBytes + files.track.waitingBytes;
    let bytes = [...this.ending.values()].reduce((sum, files) => sum + waiting(files), 0);
    for (const [sessionId, files] of this.ending) {
      if (bytes <= endingMax.bytes && this.ending.size <= endingMax.sessions) return;
      bytes -= waiting(files);
      this.ending.delete(sessionId);
      const closed = closeAll(files).finally(() => this.closing.delete(closed));
      this.closing.add(closed);
    }
  }

  /** Beside the watch. What the session appends meanwhile waits for it. */
  private rebuild(
    identity: SessionIdentity,
    folder: string,
    recordBytes: number,
  ): Pick<Lengths, "indexBytes" | "trackBytes"> {
    const { sessionId } = identity;
    this.log.info("Index and track are made anew from the record.", { sessionId, recordBytes });
    const rows = this.untilRebuilt(identity, folder, recordBytes);
    return {
      indexBytes: rows.then((made) => made?.indexBytes),
      trackBytes: rows.then((made) => made?.trackBytes),
    };
  }

  /** Undefined where it has not succeeded by the end: the next start tries again. */
  private async untilRebuilt(
    identity: SessionIdentity,
    folder: string,
    recordBytes: number,
  ): Promise<RebuiltRows | undefined> {
    for (
      let delayMs = rebuildRetryMs.first;
      ;
      delayMs = Math.min(delayMs * 2, rebuildRetryMs.max)
    ) {
      try {
        return await rebuildRows(folder, identity, recordBytes);
      } catch (error) {
        this.failed(error);
      }
      await removeRows(folder).catch((error: unknown) => this.failed(error));
      const isOver = await wait(delayMs, false, { signal: this.end.signal, ref: false }).catch(
        () => true,
      );
      if (isOver) return undefined;
    }
  }

  private lost(bytes: number): void {
    this.lostBytes += bytes;
  }

  private folderOf({ sessionId }: SessionIdentity): string {
    const folder = sessionDirOf(this.dataDir, sessionId);
    if (folder === undefined) throw new Error(`"${sessionId}" is no session id`);
    return folder;
  }

  /** A full disk fails every 250 ms: the first failure and every hundredth are told. */
  private failed(error: unknown): void {
    const { failures } = this;
    if (this.failures++ % 100 === 0) {
      this.log.error("A record could not be written.", { error, failures });
    }
  }

  /** Once a second at most, and only where more was lost since. */
  private tellLost(): void {
    const { lostBytes, toldLostBytes } = this;
    if (lostBytes === toldLostBytes) return;
    this.toldLostBytes = lostBytes;
    const facts = { lostBytes, newlyLostBytes: lostBytes - toldLostBytes };
    this.log.error("Bytes of records are lost: the disk did not take them in time.", facts);
  }
}

/** What the files hold already; index and track may still be on their way. */
interface Lengths {
  readonly recordBytes: number;
  readonly indexBytes: KnownLength;
  readonly trackBytes: KnownLength;
}

/** Rows of two makings would contradict each other: better none until they are made anew. */
async function removeRows(folder: string): Promise<void> {
  for (const name of [recordFiles.index, recordFiles.track]) {
    await rm(join(folder, name), { force: true, recursive: true });
    await rm(join(folder, `${name}.new`), { force: true });
  }
}

/** Whole or not at all: a crash between leaves the old one. */
function writeSessionFile(folder: string, session: SessionFile): void {
  const path = join(folder, recordFiles.session);
  writeFileSync(`${path}.new`, JSON.stringify(session), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** True where each step has succeeded. */
async function each(
  files: SessionFiles,
  step: (file: AppendFile) => Promise<boolean>,
  rowStep = step,
): Promise<boolean> {
  // The record first: index and track never name what is not in it.
  const isRecordDone = await step(files.record);
  const [isIndexDone, isTrackDone] = await Promise.all([
    rowStep(files.index),
    rowStep(files.track),
  ]);
  return isRecordDone && isIndexDone && isTrackDone;
}

async function closeAll(files: SessionFiles): Promise<void> {
  await files.record.close();
  await Promise.all([files.index.close(), files.track.close()]);
}
