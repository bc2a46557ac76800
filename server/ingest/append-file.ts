// One file that only grows: appended in memory at once, written and forced to disk off the hot
// path. Called by the recorder for records, indexes and tracks.
import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";

/** Bytes waiting for one file above which new ones are refused: the disk is stuck or full. */
export const waitingBytesMax = 32 * 1024 * 1024;
const firstChunkBytes = 16 * 1024;

/** Who hears what went wrong. */
export interface AppendFileHearer {
  onError(error: unknown): void;
  /** So many bytes will never be in the file: the disk did not take them in time. */
  onLost(bytes: number): void;
}

/** Bytes on their way to one file. What a write did not take is tried again with the next. */
export class AppendFile {
  private readonly path: string;
  private readonly hearer: AppendFileHearer;
  private file: Promise<FileHandle> | undefined;
  private chunk = Buffer.allocUnsafe(firstChunkBytes);
  private chunkBytes = 0;
  /** Bytes at the front that are being written now; they stay until the system has them. */
  private writingBytes = 0;
  private writtenBytes: number;
  private unsynced = false;
  private busy: Promise<void> = Promise.resolve();

  /**
   * @param length What the file holds already; writing goes on there. While it is not known yet,
   *   what is appended waits.
   */
  constructor(path: string, length: number | Promise<number>, hearer: AppendFileHearer) {
    this.path = path;
    this.writtenBytes = typeof length === "number" ? length : 0;
    this.hearer = hearer;
    if (typeof length === "number") return;
    this.busy = length.then((bytes) => {
      this.writtenBytes = bytes;
    });
  }

  /** Length with everything that has been appended. */
  get length(): number {
    return this.writtenBytes + this.writingBytes + this.chunkBytes;
  }

  /** Makes room for so many bytes and returns where they go; undefined where there is none. */
  reserve(bytes: number): Buffer | undefined {
    const end = this.chunkBytes + bytes;
    if (this.writingBytes + end > waitingBytesMax) {
      this.hearer.onLost(bytes);
      return undefined;
    }
    if (end > this.chunk.length) {
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
    if (this.chunkBytes > 0) this.hearer.onLost(this.chunkBytes);
    this.chunkBytes = 0;
    const file = this.file;
    this.file = undefined;
    await this.attempt(async () => (await file)?.close());
  }

  private async write(): Promise<void> {
    if (this.chunkBytes === 0) return;
    const bytes = this.chunk.subarray(0, this.chunkBytes);
    this.chunk = Buffer.allocUnsafe(Math.max(firstChunkBytes, bytes.length));
    this.chunkBytes = 0;
    this.writingBytes = bytes.length;
    await this.attempt(async () => {
      const file = await this.opened();
      while (this.writingBytes > 0) {
        const done = bytes.length - this.writingBytes;
        const { bytesWritten } = await file.write(
          bytes,
          done,
          this.writingBytes,
          this.writtenBytes,
        );
        this.writtenBytes += bytesWritten;
        this.writingBytes -= bytesWritten;
        this.unsynced = true;
      }
    });
    if (this.writingBytes > 0) this.putBack(bytes.subarray(bytes.length - this.writingBytes));
  }

  /** In front of what came meanwhile: the file gets no hole, and places told stay true. */
  private putBack(left: Buffer): void {
    this.chunk = Buffer.concat([left, this.chunk.subarray(0, this.chunkBytes)]);
    this.chunkBytes += left.length;
    this.writingBytes = 0;
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
      this.hearer.onError(error);
    }
  }
}
