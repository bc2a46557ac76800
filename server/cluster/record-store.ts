// The records of all sessions as the web process reads them: files that ingest writes in
// DATA_DIR/records. Read while they grow; nothing is ever written here.
import { createReadStream } from "node:fs";
import { open, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { z } from "zod";

/** What stands in session.json beside a record. */
export const sessionFileSchema = z.object({
  sessionId: z.string(),
  vehicleKey: z.string(),
  sysid: z.number(),
  compid: z.number(),
  /** Receipt of its first frame, epoch ms. */
  startMs: z.number(),
  node: z.string(),
});
export type SessionFile = z.infer<typeof sessionFileSchema>;

/** Names of the files of one session, in a folder that is called as the session. */
export const recordFiles = {
  /** The tlog: every valid frame with its receipt time. */
  record: "record.tlog",
  /** Where each second begins in it (server/logs/record-index.ts). */
  index: "index.bin",
  /** Its positions (server/logs/record-track.ts). */
  track: "track.bin",
  session: "session.json",
} as const;

/** Folder of all records in DATA_DIR; a folder a session, and the journal. */
export function recordsDirOf(dataDir: string): string {
  return join(dataDir, "records");
}

/** Folder of one session's record; undefined where the id is none of ours. */
export function sessionDirOf(dataDir: string, sessionId: string): string | undefined {
  if (!/^ses_[0-9a-z]{1,40}$/.test(sessionId)) return undefined;
  return join(recordsDirOf(dataDir), sessionId);
}

/** Every method answers undefined for a session that has no record. */
export interface RecordStore {
  session(sessionId: string): Promise<SessionFile | undefined>;
  /** Length of the record on disk now; it grows while the session is open. */
  recordBytes(sessionId: string): Promise<number | undefined>;
  /** Streams the record's bytes [fromByte, toByte). */
  readRecord(sessionId: string, fromByte: number, toByte: number): Readable | undefined;
  /** Opens one of its files, to be read in parts; to be closed by the caller. */
  open(sessionId: string, file: "record" | "index" | "track"): Promise<OpenPart | undefined>;
}

/** A file of a record, open to be read in parts. */
export interface OpenPart {
  /** Its length when it was opened. */
  readonly bytes: number;
  /** The bytes [fromByte, toByte), as far as there are any. */
  read(fromByte: number, toByte: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Opens a file to be read in parts. Rejects where it cannot be read. */
export async function openPart(path: string): Promise<OpenPart> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    return {
      bytes: size,
      async read(fromByte, toByte) {
        const length = Math.max(0, toByte - fromByte);
        const { buffer, bytesRead } = await file.read(
          Buffer.allocUnsafe(length),
          0,
          length,
          fromByte,
        );
        return buffer.subarray(0, bytesRead);
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Records on this machine. */
export function openRecordStore(dataDir: string): RecordStore {
  const fileOf = (sessionId: string, file: keyof typeof recordFiles): string | undefined => {
    const folder = sessionDirOf(dataDir, sessionId);
    return folder === undefined ? undefined : join(folder, recordFiles[file]);
  };
  const recordBytes = async (sessionId: string): Promise<number | undefined> => {
    const path = fileOf(sessionId, "record");
    return path === undefined ? undefined : (await orAbsent(stat(path)))?.size;
  };
  return {
    async session(sessionId) {
      const path = fileOf(sessionId, "session");
      const text = path === undefined ? undefined : await orAbsent(readFile(path, "utf8"));
      return text === undefined ? undefined : sessionFileSchema.parse(JSON.parse(text));
    },
    recordBytes,
    readRecord(sessionId, fromByte, toByte) {
      const path = fileOf(sessionId, "record");
      if (path === undefined) return undefined;
      const isEmpty = toByte <= fromByte;
      return createReadStream(path, isEmpty ? { end: -1 } : { start: fromByte, end: toByte - 1 });
    },
    async open(sessionId, file) {
      const path = fileOf(sessionId, file);
      return path === undefined ? undefined : orAbsent(openPart(path));
    },
  };
}

/** A file that is not there is no fault: the session has none yet, or is none of ours. */
export async function orAbsent<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
