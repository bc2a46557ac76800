// Seals a flight: finds its byte range in the session's record, hashes those bytes and counts its
// figures from the stored track. Called by server/ingest/main.ts for flights that can no longer
// change; one at a time, off the hot path.
import { createHash } from "node:crypto";
import type { FlightFigures } from "../../contract/wire/flight.ts";
import type { JournalEvent } from "../../contract/wire/journal-event.ts";
import type { RecordStore } from "../cluster/record-store.ts";
import { countPosition, emptyFigureCount } from "../domain/flight/flight-figures.ts";
import { flightByteRange } from "../domain/flight/record-range.ts";
import { readIndex } from "../logs/record-index.ts";
import { readTrack, type TrackPoint } from "../logs/record-track.ts";
import type { Log } from "../log.ts";
import type { SealRequest } from "../telemetry/ports.ts";

export interface Sealer {
  seal(request: SealRequest): void;
  /** Once everything asked for so far is sealed. */
  idle(): Promise<void>;
}

export interface SealPorts {
  readonly records: RecordStore;
  /** Writes out what has been appended to a session's record. */
  readonly flush: (sessionId: string) => Promise<void>;
  readonly tell: (event: Extract<JournalEvent, { kind: "flightSealed" }>) => void;
  readonly log: Log;
}

export function createSealer(ports: SealPorts): Sealer {
  let last: Promise<void> = Promise.resolve();
  return {
    seal(request) {
      last = last.then(async () => {
        try {
          ports.tell(await sealFlight(request, ports));
        } catch (error) {
          // It stays unsealed in the journal: the next start tries again.
          ports.log.error("A flight could not be sealed.", { error, ...request });
        }
      });
    },
    idle: () => last,
  };
}

async function sealFlight(
  { flightId, sessionId, armedAtMs, disarmedAtMs, endedBy }: SealRequest,
  { records, flush }: SealPorts,
): Promise<Extract<JournalEvent, { kind: "flightSealed" }>> {
  await flush(sessionId);
  const recordBytes = (await records.recordBytes(sessionId)) ?? 0;
  const rows = readIndex((await records.index(sessionId)) ?? new Uint8Array(0));
  const range = flightByteRange(rows, recordBytes, armedAtMs, disarmedAtMs);
  const hash = createHash("sha256");
  const stream = records.readRecord(sessionId, range.fromByte, range.toByte);
  for await (const chunk of stream ?? []) hash.update(chunk as Uint8Array);
  const track = readTrack((await records.track(sessionId)) ?? new Uint8Array(0));
  return {
    kind: "flightSealed",
    flightId,
    sessionId,
    ...range,
    sha256: hash.digest("hex"),
    endedWithoutDisarming: disarmedAtMs === null,
    ...(endedBy === undefined ? {} : { endedBy }),
    figures: figuresOf(track, armedAtMs, disarmedAtMs),
  };
}

/** Figures of a track between arming and disarming (null: to its end). */
export function figuresOf(
  track: readonly TrackPoint[],
  armedAtMs: number,
  disarmedAtMs: number | null,
): FlightFigures {
  return countTrack(track, armedAtMs, disarmedAtMs).figures;
}

/** The same count, to be gone on with. */
export function countTrack(
  track: readonly TrackPoint[],
  armedAtMs: number,
  disarmedAtMs: number | null,
): typeof emptyFigureCount {
  const flown = track.filter(
    ({ stampUs }) =>
      stampUs >= armedAtMs * 1000 && (disarmedAtMs === null || stampUs < disarmedAtMs * 1000),
  );
  return flown.reduce(countPosition, emptyFigureCount);
}
