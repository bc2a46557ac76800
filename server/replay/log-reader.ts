// What a page is given of a flight, ready to be sent: read and put together in the log worker, so
// that no long log holds up the web process. Fulfilled by server/log-reader.ts there, and by
// server/log-worker.ts, which asks it; called by http/flights.ts.
import type { AlarmCondition } from "../../contract/wire/alarm.ts";
import type { FlightRecord } from "../domain/flight/flight-record.ts";
import type { FrameChoice, LinkSender } from "../domain/flight/log-visibility.ts";
import type { ByteRange } from "../domain/flight/record-range.ts";
import type { FilteredLayout } from "../logs/filter-frames.ts";

/** Track and time line are undefined where the flight's record is gone. */
export interface LogReader {
  /** The JSON text of TrackColumns, UTF-8. */
  readonly track: (record: FlightRecord) => Promise<Uint8Array | undefined>;
  /** The JSON text of the time line, UTF-8. */
  readonly events: (
    record: FlightRecord,
    alarms: readonly AlarmCondition[],
  ) => Promise<Uint8Array | undefined>;
  /** Who is heard in a range of a session's record. */
  readonly senders: (sessionId: string, range: ByteRange) => Promise<LinkSender[]>;
  /** Where the blocks of the range begin once frames are left out. */
  readonly layOut: (
    sessionId: string,
    range: ByteRange,
    choice: FrameChoice,
  ) => Promise<FilteredLayout>;
  /** One block of it, without them. */
  readonly block: (sessionId: string, block: ByteRange, choice: FrameChoice) => Promise<Uint8Array>;
}

/** So many logs are being read that no more are begun: to be asked again later. */
export class LogReaderBusy extends Error {}
