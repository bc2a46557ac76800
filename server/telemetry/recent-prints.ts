// The last frames of one sender as numbers: enough to see that a frame came twice, by one link or
// by two. Kept by every session, and by senders whose identity is open.
import type { HeardFrame } from "./ports.ts";

/** Frames remembered: over two seconds of positions and attitudes at usual rates. */
const printsMax = 64;
const hashBits = 20;

/**
 * A number that two different frames of one boot moment share once in a million.
 *
 * @param timeBootMs 0 for a frame without a boot clock.
 */
export function framePrint({ bytes, start, end }: HeardFrame, timeBootMs: number): number {
  let hash = 0;
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
  return timeBootMs * 2 ** hashBits + (hash & (2 ** hashBits - 1));
}

/** The newest prints of one sender. */
export class RecentPrints {
  private readonly prints = new Float64Array(printsMax).fill(-1);
  private next = 0;
  /** All that were ever added. */
  added = 0;

  has(print: number): boolean {
    return this.prints.includes(print);
  }

  add(print: number): void {
    this.prints[this.next] = print;
    this.next = (this.next + 1) % printsMax;
    this.added += 1;
  }

  /** How many of the other's frames are among these. */
  shared(other: RecentPrints): number {
    return this.prints.reduce(
      (count, print) => (print >= 0 && other.has(print) ? count + 1 : count),
      0,
    );
  }

  /** How many are remembered. */
  get size(): number {
    return Math.min(this.added, printsMax);
  }
}
