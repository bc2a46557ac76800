// One file that only grows: appended in memory at once, written and forced to disk off the hot
// path. Called by the recorder for records, indexes and tracks.
import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";

/** Bytes waiting for one file above which new ones are refused: the disk is stuck or full. */
export const waitingBytesMax = 32 * 1024 * 1024;
const firstChunkBytes = 16 * 1024;

/** Bytes on their way to one file. Failures are told once and do not stop the watch. */
export class AppendFile {
  private readonly path: string;
  private readonly onError: (error: unknown) => void;
  private file: Promise<FileHandle> | undefined;
  private chunk = Buffer.allocUnsafe(firstChunkBytes);
  private chunkBytes = 0;
  private writtenBytes: number;
  private unsynced = false;
  private busy: Promise<void> = Promise.resolve();
  /** Bytes refused because the disk did not take them in time. */
  lostBytes = 0;

  /** @param length What the file holds already; writing goes on there. */
  constructor(path: string, length: number, onError: (error: unknown) => void) {
    this.path = path;
    this.writtenBytes = length;
    this.onError = onError;
  }

  /** Length with everything that has been appended. */
  get length(): number {
    return this.writtenBytes + this.chunkBytes;
  }

  /** Makes room for so many bytes and returns where they go; undefined where there is none. */
  reserve(bytes: number): Buffer | undefined {
    const end = this.chunkBytes + bytes;
    if (end > this.chunk.length) {
      if (end > waitingBytesMax) {
        this.lostBytes += bytes;
        return undefined;
      }
      const larger = Buffer.allocUnsafe(Math.max(end, this.chunk.length * 2));
      this.chunk.copy(larger, 0, 0, this.chunkBytes);
      this.chunk = larger;
    }
    const place = this.chunk.subarray(this.chunkBytes, end);
    this.chunkBytes = end;
    return place;
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length)?.set(bytes);
  }

  /** Hands what waits to the system. Flushes of one file follow each other. */
  flush(): Promise<void> {
    this.busy = this.busy.then(() => this.write());
    return this.busy;
  }

  /** Flushes, and returns once the disk has it. */
  sync(): Promise<void> {
    this.busy = this.busy.then(async () => {
      await this.write();
      if (!this.unsynced || this.file === undefined) return;
      this.unsynced = false;
      await this.attempt(async () => (await this.file)?.datasync());
    });
    return this.busy;
  }

  async close(): Promise<void> {
    await this.sync();
    const file = this.file;
    this.file = undefined;
    await this.attempt(async () => (await file)?.close());
  }

  private async write(): Promise<void> {
    if (this.chunkBytes === 0) return;
    const bytes = this.chunk.subarray(0, this.chunkBytes);
    const at = this.writtenBytes;
    this.chunk = Buffer.allocUnsafe(Math.max(firstChunkBytes, bytes.length));
    this.chunkBytes = 0;
    this.writtenBytes += bytes.length;
    this.unsynced = true;
    await this.attempt(async () => {
      const file = await this.opened();
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
        done += bytesWritten;
      }
    });
  }

  private opened(): Promise<FileHandle> {
    this.file ??= open(this.path, constants.O_RDWR | constants.O_CREAT, 0o600);
    this.file.catch(() => (this.file = undefined));
    return this.file;
  }

  private async attempt(step: () => Promise<unknown>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.onError(error);
    }
  }
}
