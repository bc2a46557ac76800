// STORY 3: landing -> sealed record -> index -> track -> player, exports.
//
// A flight is a span of its session's record, which ingest writes with an index and a track beside
// it. Once it landed it is playable: its bytes are found by the index, and after sealing by the
// range that the seal covers. Nothing is copied: player and downloads read the record itself.
// Where the bytes are is asked by http/flights.ts and http/records.ts; track and time line are made
// in the log worker (server/log-reader.ts).
import type { AlarmCondition } from "../contract/wire/alarm.ts";
import type { FlightEvent } from "../contract/wire/flight-event.ts";
import type { TrackColumns } from "../contract/wire/flight.ts";
import type { FlightRecord } from "./domain/flight/flight-record.ts";
import {
  flightByteRange,
  logSpan,
  type ByteRange,
  type IndexRow,
} from "./domain/flight/record-range.ts";
import type { TrackPoint } from "./logs/record-track.ts";

/** The autopilot's own words, from its STATUSTEXT messages. */
export interface SpokenText {
  readonly stampUs: number;
  readonly severity: number;
  readonly text: string;
}

/** Records by session, as far as they are written: a record that grows is readable too. */
export interface ReplayPorts {
  /** Undefined where the session has no record, or none any more. */
  readonly recordBytes: (sessionId: string) => Promise<number | undefined>;
  /** The rows of the index that decide where a span begins and ends. */
  readonly index: (sessionId: string, fromUs: number, toUs: number) => Promise<readonly IndexRow[]>;
  /** The points of a span, half-open. */
  readonly track: (sessionId: string, fromUs: number, toUs: number) => Promise<TrackPoint[]>;
  /** What the vehicle's autopilot said within the bytes. */
  readonly texts: (
    sessionId: string,
    sysid: number,
    range: ByteRange,
  ) => Promise<readonly SpokenText[]>;
}

/** Positions further apart than this leave a gap in the drawn track. */
export const trackGapMs = 2_000;

/** Where a flight's log lies in its session's record; undefined where the record is gone. */
export async function flightLog(
  ports: Pick<ReplayPorts, "recordBytes" | "index">,
  { flight, log }: FlightRecord,
): Promise<ByteRange | undefined> {
  const recordBytes = await ports.recordBytes(flight.sessionId);
  if (recordBytes === undefined) return undefined;
  if (log !== null) return log;
  const { fromUs, toUs } = logSpan(flight.armedAtMs, flight.disarmedAtMs);
  const rows = await ports.index(flight.sessionId, fromUs, toUs);
  return flightByteRange(rows, recordBytes, flight.armedAtMs, flight.disarmedAtMs);
}

/** The flight's track with its gaps; undefined where the record is gone. */
export async function flightTrack(
  ports: ReplayPorts,
  record: FlightRecord,
): Promise<TrackColumns | undefined> {
  if ((await ports.recordBytes(record.flight.sessionId)) === undefined) return undefined;
  return columnsOf(await pointsOf(ports, record));
}

/** The flight's time line; undefined where the record is gone. */
export async function flightEvents(
  ports: ReplayPorts,
  record: FlightRecord,
  alarms: readonly AlarmCondition[],
): Promise<readonly FlightEvent[] | undefined> {
  const range = await flightLog(ports, record);
  if (range === undefined) return undefined;
  const { flight } = record;
  const [points, texts] = await Promise.all([
    pointsOf(ports, record),
    ports.texts(flight.sessionId, flight.sysid, range),
  ]);
  const events: FlightEvent[] = [
    ...armingEvents(points),
    ...modeEvents(points),
    ...texts.map(({ stampUs, severity, text }) => {
      return { kind: "text" as const, atMs: stampUs / 1000, severity, text };
    }),
    ...alarms.map((alarm) => ({ kind: "alarm" as const, atMs: alarm.raisedAtMs, alarm })),
  ];
  if (!events.some(({ kind }) => kind === "armed")) {
    events.push({ kind: "armed", atMs: flight.armedAtMs });
  }
  return events.sort((a, b) => a.atMs - b.atMs);
}

/** The session's points within the time of the flight's log. */
function pointsOf(ports: ReplayPorts, { flight }: FlightRecord): Promise<TrackPoint[]> {
  const { fromUs, toUs } = logSpan(flight.armedAtMs, flight.disarmedAtMs);
  return ports.track(flight.sessionId, fromUs, toUs);
}

/** Columns of equal length, and the spans without a position. */
export function columnsOf(points: readonly TrackPoint[]): TrackColumns {
  const gaps: TrackColumns["gaps"] = [];
  points.forEach((point, row) => {
    const fromMs = (points[row - 1]?.stampUs ?? point.stampUs) / 1000;
    const toMs = point.stampUs / 1000;
    if (toMs - fromMs > trackGapMs) gaps.push({ fromMs, toMs });
  });
  return {
    clock: "receipt",
    timeMs: points.map(({ stampUs }) => stampUs / 1000),
    latDeg: points.map(({ latDeg }) => latDeg),
    lngDeg: points.map(({ lngDeg }) => lngDeg),
    altitudeAmslM: points.map(({ altitudeAmslM }) => altitudeAmslM),
    altitudeAboveHomeM: points.map(({ altitudeAboveHomeM }) => altitudeAboveHomeM),
    groundSpeedMps: points.map(({ groundSpeedMps }) => groundSpeedMps),
    climbMps: points.map(({ climbMps }) => climbMps),
    headingDeg: points.map(({ headingDeg }) => headingDeg ?? null),
    modeName: points.map(({ modeName }) => modeName ?? ""),
    gaps,
  };
}

function armingEvents(points: readonly TrackPoint[]): FlightEvent[] {
  return points.flatMap((point, row): FlightEvent[] => {
    const before = points[row - 1];
    if (before === undefined || before.armed === point.armed) return [];
    return [{ kind: point.armed ? "armed" : "disarmed", atMs: point.stampUs / 1000 }];
  });
}

function modeEvents(points: readonly TrackPoint[]): FlightEvent[] {
  return points.flatMap(({ stampUs, modeName }, row): FlightEvent[] => {
    if (modeName === undefined || modeName === points[row - 1]?.modeName) return [];
    return [{ kind: "mode", atMs: stampUs / 1000, modeName }];
  });
}
