// The records of all open sessions: DATA_DIR/records/<session>/record.tlog with its index and
// track. Frames are kept in memory at once and written every 250 ms, forced to disk every second.
// Called by server/ingest/main.ts; the telemetry flow appends.
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { recordFiles, sessionDirOf, type SessionFile } from "../cluster/record-store.ts";
import type { Log } from "../log.ts";
import type { SessionIdentity, SessionRecord } from "../telemetry/ports.ts";
import { AppendFile } from "./append-file.ts";
import { readBackRecord, type ReadBack } from "./read-back-record.ts";
import { rebuildRows } from "./rebuild-rows.ts";
import { setAside } from "./set-aside.ts";
import {
  createReducers,
  createSessionWriter,
  type SessionFiles,
  type SessionReducers,
} from "./session-writer.ts";

/** Written at least this often. */
const flushEveryMs = 250;
/** Forced to disk at least this often: what kill -9 and power loss may cost. */
const syncEveryMs = 1_000;

/** Keeps the records of all open sessions. A disk that fails is logged; the watch goes on. */
export class Recorder {
  private readonly dataDir: string;
  private readonly node: string;
  private readonly log: Log;
  private readonly sessions = new Map<string, SessionFiles>();
  private readonly closing = new Set<Promise<unknown>>();
  private flushedAtMs = 0;
  private syncedAtMs = 0;
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
   * @throws where it cannot be read: it can then begin anew.
   */
  async resume(
    identity: SessionIdentity,
  ): Promise<{ readonly record: SessionRecord; readonly found: ReadBack }> {
    const folder = this.folderOf(identity);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = await readBackRecord(folder, identity);
    const rows = found.rows ?? this.rebuild(identity, folder, found.recordBytes);
    const lengths = { recordBytes: found.recordBytes, ...rows };
    return { record: this.write(identity, folder, lengths, found.reducers), found };
  }

  /** The session goes on in a new record; the one that cannot be read is kept beside it. */
  async beginAnew(identity: SessionIdentity): Promise<SessionRecord> {
    try {
      await setAside(this.folderOf(identity));
      return this.open(identity);
    } catch (error) {
      // Better no record than one written over another.
      this.failed(error);
      return {
        append: (_us, _bytes, from, to) => this.lost(to - from),
        bytes: () => 0,
        close() {},
      };
    }
  }

  /** Writes out what has been appended to a session, so that it can be read. */
  async flush(sessionId: string): Promise<void> {
    const files = this.sessions.get(sessionId);
    if (files !== undefined) await each(files, (file) => file.flush());
    // A record that has just been closed may still be on its way.
    else await Promise.all(this.closing);
  }

  /** Called often; writes and syncs when it is time. */
  tick(nowMs: number): void {
    const isSyncDue = nowMs - this.syncedAtMs >= syncEveryMs;
    if (!isSyncDue && nowMs - this.flushedAtMs < flushEveryMs) return;
    this.flushedAtMs = nowMs;
    if (isSyncDue) {
      this.syncedAtMs = nowMs;
      this.tellLost();
    }
    for (const files of this.sessions.values()) {
      void each(files, (file) => (isSyncDue ? file.sync() : file.flush()));
    }
  }

  /** Everything to disk, everything closed. */
  async close(): Promise<void> {
    await Promise.all([...this.sessions.values()].map(closeAll));
    this.sessions.clear();
    await Promise.all(this.closing);
    this.tellLost();
  }

  private write(
    { sessionId }: SessionIdentity,
    folder: string,
    lengths: Lengths,
    reducers: SessionReducers,
  ): SessionRecord {
    const file = (name: "record" | "index" | "track", length: Lengths["indexBytes"]): AppendFile =>
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
      const closed = closeAll(files).finally(() => this.closing.delete(closed));
      this.closing.add(closed);
    });
  }

  /** Beside the watch. What the session appends meanwhile waits for it. */
  private rebuild(
    identity: SessionIdentity,
    folder: string,
    recordBytes: number,
  ): Pick<Lengths, "indexBytes" | "trackBytes"> {
    const { sessionId } = identity;
    this.log.info("Index and track are made anew from the record.", { sessionId, recordBytes });
    const rows = rebuildRows(folder, identity, recordBytes).catch(async (error: unknown) => {
      this.failed(error);
      // Rows of two makings would contradict each other: the next start tries again.
      const paths = [recordFiles.index, recordFiles.track].map((name) => join(folder, name));
      for (const path of paths) await rm(path, { force: true });
      return { indexBytes: 0, trackBytes: 0 };
    });
    return {
      indexBytes: rows.then(({ indexBytes }) => indexBytes),
      trackBytes: rows.then(({ trackBytes }) => trackBytes),
    };
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
  readonly indexBytes: number | Promise<number>;
  readonly trackBytes: number | Promise<number>;
}

/** Whole or not at all: a crash between leaves the old one. */
function writeSessionFile(folder: string, session: SessionFile): void {
  const path = join(folder, recordFiles.session);
  writeFileSync(`${path}.new`, JSON.stringify(session), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

async function each(files: SessionFiles, step: (file: AppendFile) => Promise<void>): Promise<void> {
  // The record first: index and track never name what is not in it.
  await step(files.record);
  await Promise.all([step(files.index), step(files.track)]);
}

function closeAll(files: SessionFiles): Promise<void> {
  return each(files, (file) => file.close());
}
