// Reads logs for people: tracks and time lines as the text that is sent. Runs in the log worker.
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
  };
}

function textOf(value: object | undefined): Uint8Array | undefined {
  return value === undefined ? undefined : new TextEncoder().encode(JSON.stringify(value));
}
