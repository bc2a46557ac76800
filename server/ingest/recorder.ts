// The records of all open sessions: DATA_DIR/records/<session>/record.tlog with its index and
// track. Frames are kept in memory at once and written every 250 ms, forced to disk every second.
// Called by server/ingest/main.ts; the telemetry flow appends.
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { recordFiles, sessionDirOf, type SessionFile } from "../cluster/record-store.ts";
import type { Log } from "../log.ts";
import type { SessionIdentity, SessionRecord } from "../telemetry-ports.ts";
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

export interface Recorder {
  /** Begins a record. A disk that fails is logged; the watch goes on. */
  open(identity: SessionIdentity): SessionRecord;
  /** Goes on with the record of a session that was open when ingest ended. */
  resume(identity: SessionIdentity): { readonly record: SessionRecord; readonly found: ReadBack };
  /** Writes out what has been appended to a session, so that it can be read. */
  flush(sessionId: string): Promise<void>;
  /** Called often; writes and syncs when it is time. */
  tick(nowMs: number): void;
  /** Everything to disk, everything closed. */
  close(): Promise<void>;
}

export function createRecorder(dataDir: string, node: string, log: Log): Recorder {
  const open = new Map<string, SessionFiles>();
  const closing = new Set<Promise<unknown>>();
  let flushedAtMs = 0;
  let syncedAtMs = 0;
  let failures = 0;

  const onError = (error: unknown): void => {
    // A full disk fails every 250 ms: the first and every hundredth are told.
    if (failures++ % 100 === 0) log.error("A record could not be written.", { error, failures });
  };

  function begin(
    identity: SessionIdentity,
    folder: string,
    found: ReadBack,
    reducers: SessionReducers,
  ): SessionRecord {
    const file = (name: "record" | "index" | "track", length: number): AppendFile =>
      new AppendFile(join(folder, recordFiles[name]), length, onError);
    const files = {
      record: file("record", found.recordBytes),
      index: file("index", found.indexBytes),
      track: file("track", found.trackBytes),
    };
    open.set(identity.sessionId, files);
    return createSessionWriter(files, reducers, () => {
      open.delete(identity.sessionId);
      const closed = closeAll(files).finally(() => closing.delete(closed));
      closing.add(closed);
    });
  }

  function folderOf({ sessionId }: SessionIdentity): string {
    const folder = sessionDirOf(dataDir, sessionId);
    if (folder === undefined) throw new Error(`"${sessionId}" is no session id`);
    return folder;
  }

  return {
    open(identity) {
      const folder = folderOf(identity);
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeSessionFile(folder, { ...identity, node });
      } catch (error) {
        onError(error);
      }
      const reducers = createReducers(identity.sysid, identity.compid);
      return begin(identity, folder, emptyRecord, reducers);
    },
    resume(identity) {
      const folder = folderOf(identity);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const reducers = createReducers(identity.sysid, identity.compid);
      const found = readBackRecord(folder, identity, reducers);
      return { record: begin(identity, folder, found, reducers), found };
    },
    async flush(sessionId) {
      const files = open.get(sessionId);
      if (files !== undefined) await each(files, (file) => file.flush());
      // A record that has just been closed may still be on its way.
      else await Promise.all(closing);
    },
    tick(nowMs) {
      const isSyncDue = nowMs - syncedAtMs >= syncEveryMs;
      if (!isSyncDue && nowMs - flushedAtMs < flushEveryMs) return;
      flushedAtMs = nowMs;
      if (isSyncDue) syncedAtMs = nowMs;
      for (const files of open.values()) {
        void each(files, (file) => (isSyncDue ? file.sync() : file.flush()));
      }
    },
    async close() {
      await Promise.all([...open.values()].map(closeAll));
      open.clear();
      await Promise.all(closing);
    },
  };
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
