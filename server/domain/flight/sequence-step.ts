// What one sender's sequence number says: frames missing before it, a late one, one that came
// twice. Called by telemetry/link-counts.ts for every frame.
//
// Numbers have 8 bits. What is missing after a silence is therefore known modulo 256 only: in a
// recording with 1,423 lost datagrams the numbers show 399.

/** A frame that was counted as missing has come after all. */
export const lateFrame = -1;
/** The same number again: a copy. */
export const repeatedFrame = -2;

/** Numbers this far ahead are ahead; further ones are behind. */
const aheadMax = 127;
/** Nothing is late by more than this: what then comes is new, whatever its number. */
const lateMsMax = 500;

/**
 * Frames missing before this one, or `lateFrame`, or `repeatedFrame`.
 *
 * @param silentMs Since the sender's last frame on this link.
 */
export function sequenceStep(last: number, sequence: number, silentMs: number): number {
  const missing = (sequence - last - 1) & 0xff;
  if (missing <= aheadMax || silentMs > lateMsMax) return missing;
  return missing === 0xff ? repeatedFrame : lateFrame;
}
