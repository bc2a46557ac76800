// Takes up the sessions that were open when ingest ended: the journal says which and what stood,
// the ends of record and track say where and when the drone was last heard. Called by
// server/ingest/main.ts.
import type { RecordStore } from "../cluster/record-store.ts";
import { emptyFigureCount, type FigureCount } from "../domain/flight/flight-figures.ts";
import { staleAgeMsMax } from "../domain/flight/link-health.ts";
import type { LiveClock } from "../domain/flight/live-clock.ts";
import type { TrackPoint } from "../logs/record-track.ts";
import type { Log } from "../log.ts";
import type { SessionIdentity, SessionRecord } from "../telemetry/ports.ts";
import type { ResumedSession } from "../telemetry/resumed-session.ts";
import { countFlight } from "./count-flight.ts";
import type { OpenSession } from "./ingest-state.ts";
import type { Recorder } from "./recorder.ts";
import type { ReadBack } from "./read-back-record.ts";

/**
 * Points counted of a flight that goes on: two hours at 10 Hz. Of a longer one the figures told at
 * landing are those of its end, until it is sealed: the seal counts the whole track.
 */
const resumedRowsMax = 72_000;

export interface ResumePorts {
  readonly recorder: Pick<Recorder, "resume">;
  readonly records: Pick<RecordStore, "open" | "session">;
  readonly log: Log;
}

/** One after the other, and none that fails keeps another from going on. */
export async function resumeSessions(
  sessions: readonly OpenSession[],
  ports: ResumePorts,
): Promise<ResumedSession[]> {
  const all: ResumedSession[] = [];
  for (const session of sessions) all.push(await resumeOne(session, ports));
  return all;
}

/** The records of sessions that had ended, but not their flights' seals: whole, and in step. */
export async function mendRecords(
  sessionIds: ReadonlySet<string>,
  { recorder, records, log }: ResumePorts,
): Promise<void> {
  for (const sessionId of sessionIds) {
    try {
      const identity = await records.session(sessionId);
      if (identity !== undefined) (await recorder.resume(identity)).record.close();
    } catch (error) {
      log.error("A record could not be looked through.", { error, sessionId });
    }
  }
}

async function resumeOne(session: OpenSession, ports: ResumePorts): Promise<ResumedSession> {
  const { recorder, log } = ports;
  const { sessionId } = session.identity;
  try {
    const { record, found } = await recorder.resume(session.identity);
    const { recordBytes, cutTailBytes } = found;
    log.info("An open session goes on.", { sessionId, recordBytes, cutTailBytes });
    return resumed(session, record, found, await countSoFar(session, ports));
  } catch (error) {
    log.error("The record of an open session cannot be read; the session ends.", {
      error,
      sessionId,
    });
    // Sealed flights name places in it: nothing may be written where they are.
    const isUnreadable = true;
    const record = { append: () => undefined, bytes: () => 0, close: () => undefined };
    return { ...resumed(session, record, undefined, emptyFigureCount), isUnreadable };
  }
}

/** Figures that cannot be counted now are counted when the flight is sealed. */
async function countSoFar(
  { identity: { sessionId }, flight }: OpenSession,
  { records, log }: ResumePorts,
): Promise<FigureCount> {
  if (flight === undefined) return emptyFigureCount;
  const { armedAtMs, disarmedAtMs } = flight;
  try {
    return await countFlight(records, sessionId, armedAtMs, disarmedAtMs, resumedRowsMax);
  } catch (error) {
    log.warn("The flight's track is not there yet to be counted.", { error, sessionId });
    return emptyFigureCount;
  }
}

function resumed(
  { identity, flight, alarms }: OpenSession,
  record: SessionRecord,
  found: ReadBack | undefined,
  count: FigureCount,
): ResumedSession {
  const last = found?.lastPoint;
  return {
    identity,
    isTwin: identity.vehicleKey.includes("@"),
    record,
    lastHeardAtMs: found?.lastHeardAtMs ?? lastKnownAtMs(identity, alarms, last),
    told: found?.told,
    lastPosition: last && {
      sample: { ...last, kind: "position", sysid: identity.sysid, compid: identity.compid },
      atMs: Math.floor(last.stampUs / 1000),
    },
    clock: last && clockAt(last),
    flight: flight && { ...flight, count },
    alarms,
  };
}

/** Of a drone that the end of its record does not hold. It was heard when its session began. */
function lastKnownAtMs(
  { startMs }: SessionIdentity,
  alarms: OpenSession["alarms"],
  last: TrackPoint | undefined,
): number {
  if (last !== undefined) return Math.floor(last.stampUs / 1000);
  const lost = alarms.find(({ kind, state }) => kind === "linkLost" && state === "standing");
  return lost === undefined ? startMs : lost.lastRaisedAtMs - staleAgeMsMax;
}

/** The boot clock as of the last position: a reboot while we were down shows as it going back. */
function clockAt({ stampUs, timeBootMs }: TrackPoint): LiveClock {
  const offsetAtMs = Math.floor(stampUs / 1000);
  return {
    offsetMs: offsetAtMs - timeBootMs,
    offsetAtMs,
    newestBootMs: timeBootMs,
    newestPositionBootMs: timeBootMs,
    back: null,
  };
}
