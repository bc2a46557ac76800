// Reads logs for people: tracks and time lines as the text that is sent, and logs without the
// frames of others. Runs in the log worker.
import { filterBlock, layOutFiltered, sendersIn } from "./logs/filter-frames.ts";
import type { LogReader } from "./replay/log-reader.ts";
import { openRecordFiles } from "./record-files.ts";
import { flightEvents, flightTrack } from "./replay-flow.ts";

/** Logs of the records in DATA_DIR. */
export function createLogReader(dataDir: string): LogReader {
  const files = openRecordFiles(dataDir);
  return {
    track: async (record) => textOf(await flightTrack(files, record)),
    events: async (record, alarms) => {
      const events = await flightEvents(files, record, alarms);
      return textOf(events && { events });
    },
    senders: (sessionId, range) => sendersIn(files.stream(sessionId, range)),
    layOut: (sessionId, range, choice) =>
      layOutFiltered(files.stream(sessionId, range), range.fromByte, range.toByte, choice),
    async block(sessionId, range, choice) {
      const pieces: Uint8Array[] = [];
      for await (const piece of files.stream(sessionId, range)) pieces.push(piece as Uint8Array);
      return filterBlock(Buffer.concat(pieces), choice);
    },
  };
}

function textOf(value: object | undefined): Uint8Array | undefined {
  return value === undefined ? undefined : new TextEncoder().encode(JSON.stringify(value));
}
