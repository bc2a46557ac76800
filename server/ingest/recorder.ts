// The records of all open sessions: DATA_DIR/records/<session>/record.tlog with its index and
// track. Frames are kept in memory at once and written every 250 ms, forced to disk every second.
// Called by server/ingest/main.ts; the telemetry flow appends.
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { recordFiles, sessionDirOf, type SessionFile } from "../cluster/record-store.ts";
import type { Log } from "../log.ts";
import type { SessionIdentity, SessionRecord } from "../telemetry/ports.ts";
import { AppendFile } from "./append-file.ts";
import { readBackRecord, type ReadBack } from "./read-back-record.ts";
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
    const reducers = createReducers(identity.sysid, identity.compid);
    return this.write(identity, folder, emptyRecord, reducers);
  }

  /** Goes on with the record of a session that was open when ingest ended. */
  resume(identity: SessionIdentity): { readonly record: SessionRecord; readonly found: ReadBack } {
    const folder = this.folderOf(identity);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const reducers = createReducers(identity.sysid, identity.compid);
    const found = readBackRecord(folder, identity, reducers);
    return { record: this.write(identity, folder, found, reducers), found };
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
    found: ReadBack,
    reducers: SessionReducers,
  ): SessionRecord {
    const file = (name: "record" | "index" | "track", length: number): AppendFile =>
      new AppendFile(join(folder, recordFiles[name]), length, {
        onError: (error) => this.failed(error),
        onLost: (bytes) => (this.lostBytes += bytes),
      });
    const files = {
      record: file("record", found.recordBytes),
      index: file("index", found.indexBytes),
      track: file("track", found.trackBytes),
    };
    this.sessions.set(sessionId, files);
    return createSessionWriter(files, reducers, () => {
      this.sessions.delete(sessionId);
      const closed = closeAll(files).finally(() => this.closing.delete(closed));
      this.closing.add(closed);
    });
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

const emptyRecord: ReadBack = {
  recordBytes: 0,
  indexBytes: 0,
  trackBytes: 0,
  cutTailBytes: 0,
  lastHeardAtMs: undefined,
  track: [],
};

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
