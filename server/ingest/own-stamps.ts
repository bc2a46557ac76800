// The stamps of the frames we sign: strictly increasing, over restarts and crashes too. A block is
// reserved on disk before any of it is used. Called by signed-sending.ts.
import { closeSync, fdatasyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { z } from "zod";
import type { Log } from "../log.ts";
import { signingStamp, signingStampMax } from "../mavlink/signing.ts";

/** Stamps reserved at a time, in 10 µs: two minutes, written to disk once a minute. */
export const reservedStamps = 120 * 100_000;

const savedSchema = z.object({ reservedUntil: z.number().int().nonnegative() });

export interface OwnStamps {
  /** The next stamp, at least that of the moment. Undefined where none can be promised. */
  next(nowMs: number): number | undefined;
  /** Reserves ahead while stamps are in use, so that `next` seldom has to. */
  tick(nowMs: number): void;
}

/** @param path The file that holds how far stamps may have been used. */
export function openOwnStamps(path: string, log: Log): OwnStamps {
  const saved = readReserved(path, log);
  let reservedUntil = saved ?? 0;
  /** Whatever was reserved before may have been used. */
  let last = reservedUntil - 1;
  /** Where that is not known, everything that may have been reserved lately is passed over. */
  const skipped = saved === undefined ? reservedStamps : 0;
  let hasUsed = false;

  function reserve(from: number): boolean {
    const until = from + reservedStamps;
    try {
      write(path, JSON.stringify({ reservedUntil: until }));
    } catch (error) {
      log.error("Signing stamps could not be reserved; frames of ours are not sent.", { error });
      return false;
    }
    reservedUntil = until;
    return true;
  }

  return {
    next(nowMs) {
      const stamp = Math.max(last + 1, signingStamp(nowMs) + skipped);
      if (stamp > signingStampMax) return undefined;
      if (stamp >= reservedUntil && !reserve(stamp)) return undefined;
      last = stamp;
      hasUsed = true;
      return stamp;
    },
    tick(nowMs) {
      const stamp = Math.max(last + 1, signingStamp(nowMs) + skipped);
      if (hasUsed && stamp > reservedUntil - reservedStamps / 2) reserve(stamp);
    },
  };
}

/** 0 where nothing was ever reserved; undefined where the file cannot be read. */
function readReserved(path: string, log: Log): number | undefined {
  try {
    return savedSchema.parse(JSON.parse(readFileSync(path, "utf8"))).reservedUntil;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return 0;
    const facts = { path, error };
    log.error("The file of signing stamps cannot be read; they go on ahead of the clock.", facts);
    return undefined;
  }
}

function write(path: string, text: string): void {
  const file = openSync(`${path}.new`, "w", 0o600);
  try {
    writeSync(file, text);
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
}
