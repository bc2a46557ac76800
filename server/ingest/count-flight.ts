// A flight's figures from its session's track, read piece by piece. Called when a flight is sealed,
// and when a session that was open at the end of ingest is taken up again.
import type { RecordStore } from "../cluster/record-store.ts";
import {
  countPosition,
  emptyFigureCount,
  type FigureCount,
} from "../domain/flight/flight-figures.ts";
import { readTrackBetween } from "../logs/record-track.ts";

/**
 * @param disarmedAtMs Null: to the track's end.
 * @param rowsMax Only so many of the track's last rows are read.
 */
export async function countFlight(
  records: Pick<RecordStore, "open">,
  sessionId: string,
  armedAtMs: number,
  disarmedAtMs: number | null,
  rowsMax = Number.POSITIVE_INFINITY,
): Promise<FigureCount> {
  const track = await records.open(sessionId, "track");
  if (track === undefined) return emptyFigureCount;
  try {
    const toUs = disarmedAtMs === null ? Number.POSITIVE_INFINITY : disarmedAtMs * 1000;
    let count = emptyFigureCount;
    for await (const points of readTrackBetween(track, armedAtMs * 1000, toUs, rowsMax)) {
      count = points.reduce(countPosition, count);
    }
    return count;
  } finally {
    await track.close();
  }
}
