// One file that only grows: appended in memory at once, written and forced to disk off the hot
// path. Called by the recorder for records, indexes and tracks.
import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";

/** Bytes waiting for one file above which new ones are refused: the disk is stuck or full. */
export const waitingBytesMax = 32 * 1024 * 1024;
const firstChunkBytes = 4 * 1024;
/** A buffer up to this size is used again: larger ones are left from a disk that was stuck. */
const spareBytesMax = 256 * 1024;

/** Who hears what went wrong. */
export interface AppendFileHearer {
  onError(error: unknown): void;
  /** So many bytes will never be in the file: the disk did not take them in time. */
  onLost(bytes: number): void;
}

/** Where bytes are to be written: at `bytes[at]` and on. */
export interface ReservedPlace {
  bytes: Uint8Array;
  at: number;
}

/** Length of a file, or what finds it out. */
export type KnownLength = number | Promise<number | undefined>;

/** Bytes on their way to one file. What a write did not take is tried again with the next. */
export class AppendFile {
  private readonly path: string;
  private readonly hearer: AppendFileHearer;
  private file: Promise<FileHandle> | undefined;
  private chunk: Buffer = Buffer.allocUnsafe(firstChunkBytes);
  private chunkBytes = 0;
  /** Written last, and free. */
  private spare: Buffer | undefined;
  private readonly reserved: ReservedPlace = { bytes: this.chunk, at: 0 };
  /** Bytes at the front that are being written now; they stay until the system has them. */
  private writingBytes = 0;
  private writtenBytes: number;
  private unsynced = false;
  private busy: Promise<unknown> = Promise.resolve();
  /** `unknown`: what is appended waits. `given up`: it is dropped. */
  private place: "known" | "unknown" | "given up" = "known";

  /**
   * @param length What the file holds already; writing goes on there. While it is not known yet,
   *   what is appended waits; undefined where nothing more is to be written.
   */
  constructor(path: string, length: KnownLength, hearer: AppendFileHearer) {
    this.path = path;
    this.writtenBytes = typeof length === "number" ? length : 0;
    this.hearer = hearer;
    if (typeof length === "number") return;
    this.place = "unknown";
    this.busy = length.then((bytes) => {
      this.place = bytes === undefined ? "given up" : "known";
      this.writtenBytes = bytes ?? 0;
    });
  }

  /** Length with everything that has been appended. */
  get length(): number {
    return this.writtenBytes + this.writingBytes + this.chunkBytes;
  }

  /** Of these, what the system does not have yet. */
  get waitingBytes(): number {
    return this.writingBytes + this.chunkBytes;
  }

  /**
   * Makes room for so many bytes and says where they go; undefined where there is none.
   *
   * @returns One object that is used again: write there at once, never keep it.
   */
  reserve(bytes: number): Readonly<ReservedPlace> | undefined {
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
    this.reserved.bytes = this.chunk;
    this.reserved.at = this.chunkBytes;
    this.chunkBytes = end;
    return this.reserved;
  }

  append(bytes: Uint8Array): void {
    const place = this.reserve(bytes.length);
    place?.bytes.set(bytes, place.at);
  }

  /**
   * Hands what waits to the system. Flushes of one file follow each other.
   *
   * @returns True where the system has all that was appended before it began.
   */
  flush(): Promise<boolean> {
    if (this.place !== "known") return Promise.resolve(false);
    return this.next(() => this.write());
  }

  /** Flushes, and returns once the disk has it. */
  sync(): Promise<boolean> {
    if (this.place !== "known") return Promise.resolve(false);
    return this.next(() => this.writeAndSync());
  }

  /** Everything to disk that it takes. Waits until the place to go on at is known. */
  async close(): Promise<void> {
    await this.next(() => (this.place === "known" ? this.writeAndSync() : Promise.resolve(false)));
    if (this.place === "given up") this.chunkBytes = 0;
    if (this.chunkBytes > 0) this.hearer.onLost(this.chunkBytes);
    this.chunkBytes = 0;
    const file = this.file;
    this.file = undefined;
    await this.attempt(async () => (await file)?.close());
  }

  private next(step: () => Promise<boolean>): Promise<boolean> {
    const done = this.busy.then(step);
    this.busy = done;
    return done;
  }

  private async writeAndSync(): Promise<boolean> {
    const isWritten = await this.write();
    if (this.unsynced && this.file !== undefined) {
      this.unsynced = false;
      await this.attempt(async () => (await this.file)?.datasync());
    }
    return isWritten;
  }

  private async write(): Promise<boolean> {
    if (this.chunkBytes === 0) return true;
    const { chunk } = this;
    const bytes = chunk.subarray(0, this.chunkBytes);
    this.chunk = this.spare ?? Buffer.allocUnsafe(firstChunkBytes);
    this.spare = undefined;
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
    if (this.writingBytes === 0) {
      if (chunk.length <= spareBytesMax) this.spare = chunk;
      return true;
    }
    this.putBack(bytes.subarray(bytes.length - this.writingBytes));
    return false;
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
