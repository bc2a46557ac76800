// What an autopilot said in a stretch of a record: its STATUSTEXT messages. Read in pieces as they
// come from disk, so that a long flight holds nobody up. Called for a flight's time line.
import { readStatusText, settleTexts } from "../domain/flight/status-text.ts";
import type { OpenText, TextReading } from "../domain/flight/status-text.ts";
import { toSample } from "../mavlink/to-sample.ts";
import { walkTlogPieces } from "./walk-tlog-pieces.ts";

/**
 * One text, put together from its chunks. `severity` 0 emergency .. 7 debug; `stampUs` receipt of
 * its start, microseconds since 1970 UTC.
 */
export interface SpokenText {
  readonly stampUs: number;
  readonly severity: number;
  readonly text: string;
}

const autopilotCompid = 1;

/**
 * @param pieces Consecutive bytes of a tlog; records may lie across their borders.
 * @param sysid Whose autopilot is listened to.
 */
export async function spokenTexts(
  pieces: AsyncIterable<Uint8Array>,
  sysid: number,
): Promise<SpokenText[]> {
  const texts: SpokenText[] = [];
  let open: readonly OpenText[] = [];
  const take = (reading: TextReading): void => {
    open = reading.open;
    for (const { severity, text, atMs } of reading.heard) {
      texts.push({ stampUs: Math.round(atMs * 1000), severity, text });
    }
  };
  await walkTlogPieces(pieces, 0, ({ stampUs, frame }) => {
    if (frame.sysid !== sysid || frame.compid !== autopilotCompid) return;
    const sample = toSample(frame);
    if (sample?.kind !== "statusText") return;
    take(readStatusText(open, sample, stampUs / 1000));
  });
  take(settleTexts(open, Infinity));
  return texts.sort((a, b) => a.stampUs - b.stampUs);
}
