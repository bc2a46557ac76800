// Seals a flight: finds its byte range in the session's record, hashes those bytes and counts its
// figures from the stored track. Called by server/ingest/main.ts for flights that can no longer
// change; one at a time, off the hot path.
import { createHash } from "node:crypto";
import type { JournalEvent } from "../../contract/wire/journal-event.ts";
import type { RecordStore } from "../cluster/record-store.ts";
import { flightByteRange, logSpan, type ByteRange } from "../domain/flight/record-range.ts";
import { readIndexNear } from "../logs/record-index.ts";
import type { Log } from "../log.ts";
import type { SealRequest } from "../telemetry/ports.ts";
import { countFlight } from "./count-flight.ts";

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
  const range = await rangeOf(records, sessionId, armedAtMs, disarmedAtMs);
  const hash = createHash("sha256");
  const stream = records.readRecord(sessionId, range.fromByte, range.toByte);
  for await (const chunk of stream ?? []) hash.update(chunk as Uint8Array);
  const { figures } = await countFlight(records, sessionId, armedAtMs, disarmedAtMs);
  return {
    kind: "flightSealed",
    flightId,
    sessionId,
    ...range,
    sha256: hash.digest("hex"),
    endedWithoutDisarming: disarmedAtMs === null,
    ...(endedBy === undefined ? {} : { endedBy }),
    figures,
  };
}

async function rangeOf(
  records: RecordStore,
  sessionId: string,
  armedAtMs: number,
  disarmedAtMs: number | null,
): Promise<ByteRange> {
  const recordBytes = (await records.recordBytes(sessionId)) ?? 0;
  const { fromUs, toUs } = logSpan(armedAtMs, disarmedAtMs);
  const index = await records.open(sessionId, "index");
  try {
    const rows = index === undefined ? [] : await readIndexNear(index, fromUs, toUs);
    return flightByteRange(rows, recordBytes, armedAtMs, disarmedAtMs);
  } finally {
    await index?.close();
  }
}
