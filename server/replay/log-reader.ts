// What a page is given of a flight, ready to be sent: read and put together in the log worker, so
// that no long log holds up the web process. Fulfilled by server/log-reader.ts there, and by
// server/log-worker.ts, which asks it; called by http/flights.ts.
import type { AlarmCondition } from "../../contract/wire/alarm.ts";
import type { FlightRecord } from "../domain/flight/flight-record.ts";

/** Track and time line are undefined where the flight's record is gone. */
export interface LogReader {
  /** The JSON text of TrackColumns, UTF-8. */
  readonly track: (record: FlightRecord) => Promise<Uint8Array | undefined>;
  /** The JSON text of the time line, UTF-8. */
  readonly events: (
    record: FlightRecord,
    alarms: readonly AlarmCondition[],
  ) => Promise<Uint8Array | undefined>;
}

/** So many logs are being read that no more are begun: to be asked again later. */
export class LogReaderBusy extends Error {}
