// What the replay flow reads, from the files beside each record. Joins the record store, which
// finds bytes, with the readers that understand them. Made by web.ts and in the log worker.
import { openRecordStore, type RecordStore } from "./cluster/record-store.ts";
import type { LogSource } from "./http/log-download.ts";
import type { ByteSource } from "./logs/byte-source.ts";
import { readIndexNear } from "./logs/record-index.ts";
import { readTrackBetween, type TrackPoint } from "./logs/record-track.ts";
import { spokenTexts } from "./logs/spoken-texts.ts";
import type { ReplayPorts } from "./replay-flow.ts";

/** Records on this machine, in DATA_DIR. */
export function openRecordFiles(dataDir: string): ReplayPorts & LogSource {
  const records = openRecordStore(dataDir);
  const stream: LogSource["stream"] = (sessionId, { fromByte, toByte }) => {
    const bytes = records.readRecord(sessionId, fromByte, toByte);
    if (bytes === undefined) throw new Error(`There is no record of session ${sessionId}.`);
    return bytes;
  };
  return {
    stream,
    recordBytes: (sessionId) => records.recordBytes(sessionId),
    index: (sessionId, fromUs, toUs) =>
      reading(records, sessionId, "index", (index) => readIndexNear(index, fromUs, toUs)),
    track: (sessionId, fromUs, toUs) =>
      reading(records, sessionId, "track", async (track) => {
        const points: TrackPoint[] = [];
        for await (const some of readTrackBetween(track, fromUs, toUs)) points.push(...some);
        return points;
      }),
    texts: (sessionId, sysid, range) => spokenTexts(stream(sessionId, range), sysid),
  };
}

/** Nothing where the file is not there. */
async function reading<Row>(
  records: RecordStore,
  sessionId: string,
  file: "index" | "track",
  read: (source: ByteSource) => Promise<Row[]>,
): Promise<Row[]> {
  const source = await records.open(sessionId, file);
  if (source === undefined) return [];
  try {
    return await read(source);
  } finally {
    await source.close();
  }
}
