// What the replay flow reads, from the files beside each record. Joins the record store, which
// finds bytes, with the readers that understand them. Made once by web.ts.
import { openRecordStore } from "./cluster/record-store.ts";
import type { LogSource } from "./http/log-download.ts";
import { readIndex } from "./logs/record-index.ts";
import { readTrack } from "./logs/record-track.ts";
import { spokenTexts } from "./logs/spoken-texts.ts";
import type { ReplayPorts } from "./replay-flow.ts";

/** Records on this machine, in DATA_DIR. */
export function openRecordFiles(dataDir: string): Omit<ReplayPorts, "alarmsOf"> & LogSource {
  const records = openRecordStore(dataDir);
  const stream: LogSource["stream"] = (sessionId, { fromByte, toByte }) => {
    const bytes = records.readRecord(sessionId, fromByte, toByte);
    if (bytes === undefined) throw new Error(`There is no record of session ${sessionId}.`);
    return bytes;
  };
  return {
    stream,
    recordBytes: (sessionId) => records.recordBytes(sessionId),
    index: async (sessionId) => readIndex((await records.index(sessionId)) ?? new Uint8Array()),
    track: async (sessionId) => readTrack((await records.track(sessionId)) ?? new Uint8Array()),
    texts: (sessionId, sysid, range) => spokenTexts(stream(sessionId, range), sysid),
  };
}
