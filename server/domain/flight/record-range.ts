// Which bytes of a session's record are a flight's log. Called when a flight is sealed, and for a
// landed flight that is not sealed yet.
import { logAfterDisarmingMs, logBeforeArmingMs } from "./flight-life.ts";

/** One row of the record's index: the first record of a second and where it starts. */
export interface IndexRow {
  readonly stampUs: number;
  readonly byteOffset: number;
}

/** Half-open [fromByte, toByte). */
export interface ByteRange {
  readonly fromByte: number;
  readonly toByte: number;
}

/**
 * The time that a flight's log covers, half-open, microseconds since 1970 UTC; without end where it
 * never disarmed.
 */
export function logSpan(
  armedAtMs: number,
  disarmedAtMs: number | null,
): { readonly fromUs: number; readonly toUs: number } {
  return {
    fromUs: (armedAtMs - logBeforeArmingMs) * 1000,
    toUs:
      disarmedAtMs === null
        ? Number.POSITIVE_INFINITY
        : (disarmedAtMs + logAfterDisarmingMs) * 1000,
  };
}

/**
 * From 60 s before arming to 30 s after the last disarming, both widened to the whole second that
 * the index knows; to the record's end where it never disarmed or the record ends before.
 *
 * @param rows In file order; stamps grow. Those beside both ends of the span, and the first, do.
 * @param recordBytes Length of the record: whole records only.
 */
export function flightByteRange(
  rows: readonly IndexRow[],
  recordBytes: number,
  armedAtMs: number,
  disarmedAtMs: number | null,
): ByteRange {
  const { fromUs, toUs } = logSpan(armedAtMs, disarmedAtMs);
  const first = rows.findLast((row) => row.stampUs <= fromUs) ?? rows[0];
  const after = rows.find((row) => row.stampUs >= toUs);
  return {
    fromByte: Math.min(first?.byteOffset ?? 0, recordBytes),
    toByte: Math.min(after?.byteOffset ?? recordBytes, recordBytes),
  };
}
