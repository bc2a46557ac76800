// Frames that were refused by their signature, kept as evidence beside the records and never read
// by anything of ours: a tlog, and the one before it. Called by server/ingest/main.ts.
import { renameSync, statSync } from "node:fs";
import type { Log } from "../log.ts";
import { tlogRecord } from "../mavlink/tlog.ts";
import { AppendFile } from "./append-file.ts";

/** Length at which a new file is begun in place of the one before: a flood fills no disk. */
export const refusedBytesMax = 16 * 1024 * 1024;
const syncEveryMs = 1_000;

export interface RefusedFrames {
  keep(stampUs: number, frame: Uint8Array): void;
  tick(nowMs: number): void;
  close(): Promise<void>;
}

/** @param path The newest file; the one before it has `.old` behind its name. */
export function openRefusedFrames(path: string, log: Log): RefusedFrames {
  let file: AppendFile | undefined;
  let turning: Promise<void> | undefined;
  let syncedAtMs = 0;
  let failures = 0;

  const begin = (): AppendFile =>
    new AppendFile(path, lengthOf(path), {
      onError: (error) => {
        if (failures++ % 100 === 0) log.error("Refused frames could not be kept.", { error });
      },
      onLost: () => undefined,
    });

  async function turn(full: AppendFile): Promise<void> {
    try {
      await full.close();
      renameSync(path, `${path}.old`);
    } catch (error) {
      log.error("The file of refused frames could not be put aside.", { error });
    }
    turning = undefined;
  }

  return {
    keep(stampUs, frame) {
      // While one file is put aside the frames of that moment are counted only.
      if (turning !== undefined) return;
      file ??= begin();
      file.append(tlogRecord(stampUs, frame));
      if (file.length < refusedBytesMax) return;
      turning = turn(file);
      file = undefined;
    },
    tick(nowMs) {
      if (nowMs - syncedAtMs < syncEveryMs) return;
      syncedAtMs = nowMs;
      void file?.sync();
    },
    async close() {
      await turning;
      await file?.close();
    },
  };
}

function lengthOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
