// Takes up the sessions that were open when ingest ended: the journal says which and what stood,
// the record says where and when the drone was last heard. Called by server/ingest/main.ts.
import type { LiveClock } from "../domain/flight/live-clock.ts";
import type { TrackPoint } from "../logs/record-track.ts";
import type { Log } from "../log.ts";
import type { SessionRecord } from "../telemetry/ports.ts";
import type { ResumedSession } from "../telemetry/resumed-session.ts";
import type { OpenSession } from "./ingest-state.ts";
import type { Recorder } from "./recorder.ts";
import type { ReadBack } from "./read-back-record.ts";
import { countTrack } from "./seal.ts";

export function resumeSessions(
  sessions: readonly OpenSession[],
  recorder: Pick<Recorder, "resume">,
  log: Log,
): ResumedSession[] {
  return sessions.map((session) => {
    const { record, found } = recorder.resume(session.identity);
    const { sessionId } = session.identity;
    const { recordBytes, cutTailBytes } = found;
    log.info("An open session goes on.", { sessionId, recordBytes, cutTailBytes });
    return resumed(session, record, found);
  });
}

function resumed(
  { identity, flight, alarms }: OpenSession,
  record: SessionRecord,
  { track, lastHeardAtMs }: ReadBack,
): ResumedSession {
  const last = track.at(-1);
  return {
    identity,
    isTwin: identity.vehicleKey.includes("@"),
    record,
    lastHeardAtMs: lastHeardAtMs ?? identity.startMs,
    lastPosition: last && {
      sample: { ...last, kind: "position", sysid: identity.sysid, compid: identity.compid },
      atMs: Math.floor(last.stampUs / 1000),
    },
    clock: last && clockAt(last),
    flight: flight && {
      ...flight,
      count: countTrack(track, flight.armedAtMs, flight.disarmedAtMs),
    },
    alarms,
  };
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
