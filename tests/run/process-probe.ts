// Preloaded into a program that is measured (--import): says over its channel what the process has
// used, and when the disk had which bytes of its files. Asked by tests/run/probed-program.ts.
import { fstatSync } from "node:fs";
import { open } from "node:fs/promises";
import { z } from "zod";

/** One fdatasync that has returned. */
export interface FileSync {
  readonly inode: number;
  /** Length of the file when it was begun: so much is on disk. */
  readonly bytes: number;
  /** By the clock that all processes of the machine share, microseconds since some moment. */
  readonly doneAtUs: number;
}

/** What a process has used so far. */
export interface ProcessUsage {
  /** Processor time, user and system, of all its threads. */
  readonly cpuUs: number;
  readonly rssBytes: number;
  /** After a collection, where the program was started with --expose-gc. */
  readonly heapUsedBytes: number;
  readonly arrayBufferBytes: number;
  /** Since it was last asked; only those since "watchSyncs" was sent. */
  readonly syncs: readonly FileSync[];
}

const asked = z.object({ id: z.number(), what: z.enum(["usage", "collectedUsage", "watchSyncs"]) });
let syncs: FileSync[] | undefined;

/** What each datasync of each file covers, from now on. */
async function watchSyncs(): Promise<void> {
  if (syncs !== undefined) return;
  syncs = [];
  const file = await open(import.meta.filename);
  const files = Object.getPrototypeOf(file) as typeof file;
  await file.close();
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its file below
  const datasync = files.datasync;
  files.datasync = async function (this: typeof file) {
    const { ino: inode, size: bytes } = fstatSync(this.fd);
    await datasync.call(this);
    syncs?.push({ inode, bytes, doneAtUs: Number(process.hrtime.bigint() / 1_000n) });
  };
}

function usage(): ProcessUsage {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  const taken = syncs?.splice(0) ?? [];
  return {
    cpuUs: user + system,
    rssBytes: rss,
    heapUsedBytes: heapUsed,
    arrayBufferBytes: arrayBuffers,
    syncs: taken,
  };
}

process.on("message", (message) => {
  const { id, what } = asked.parse(message);
  if (what === "collectedUsage") globalThis.gc?.();
  const ready = what === "watchSyncs" ? watchSyncs() : Promise.resolve();
  void ready.then(() => process.send?.({ id, usage: usage() }));
});
// Whoever measures is gone: nobody would end this program any more.
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
