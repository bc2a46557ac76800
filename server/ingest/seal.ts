// Seals a flight: finds its byte range in the session's record, hashes those bytes and counts its
// figures from the stored track. Called by server/ingest/main.ts for flights that can no longer
// change; one at a time, off the hot path; tried again where the disk has not all of it.
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
  /** Tries again what could not be sealed, when it is time. */
  tick(nowMs: number): void;
  /** Once everything asked for so far has been tried. */
  idle(): Promise<void>;
}

export interface SealPorts {
  readonly records: RecordStore;
  /** Writes out what has been appended to a session's record; false where some of it waits. */
  readonly flush: (sessionId: string) => Promise<boolean>;
  readonly tell: (event: FlightSealed) => void;
  readonly log: Log;
}

type FlightSealed = Extract<JournalEvent, { kind: "flightSealed" }>;

/** Flights that wait to be tried again; others are left to the next start. */
const againMax = 1_000;
/** Waits between two tries of one flight, twice as long each time. */
const retryMs = { first: 5_000, max: 300_000 };

/** A flight that could not be sealed. */
interface Again {
  readonly request: SealRequest;
  readonly delayMs: number;
  /** Undefined until the next tick. */
  dueMs: number | undefined;
}

export function createSealer(ports: SealPorts): Sealer {
  const { log, tell } = ports;
  let last: Promise<void> = Promise.resolve();
  let again: Again[] = [];

  const attempt = (request: SealRequest, before: Again | undefined): void => {
    last = last.then(async () => {
      try {
        tell(await sealFlight(request, ports));
      } catch (error) {
        // Told once: it stays unsealed in the journal, and is tried again.
        if (before === undefined)
          log.error("A flight cannot be sealed yet.", { error, ...request });
        if (again.length >= againMax) {
          log.error("A flight is not sealed before the next start.", { ...request });
          return;
        }
        const delayMs = before === undefined ? retryMs.first : before.delayMs * 2;
        again.push({ request, delayMs: Math.min(delayMs, retryMs.max), dueMs: undefined });
      }
    });
  };

  return {
    seal: (request) => attempt(request, undefined),
    tick(nowMs) {
      for (const one of again) one.dueMs ??= nowMs + one.delayMs;
      const due = again.filter(({ dueMs }) => dueMs !== undefined && dueMs <= nowMs);
      if (due.length === 0) return;
      again = again.filter((one) => !due.includes(one));
      for (const one of due) attempt(one.request, one);
    },
    idle: () => last,
  };
}

async function sealFlight(
  { flightId, sessionId, armedAtMs, disarmedAtMs, endedBy }: SealRequest,
  { records, flush }: SealPorts,
): Promise<FlightSealed> {
  // Its bytes are told for good: a record that is shorter on disk than it is would be cut for good.
  if (!(await flush(sessionId))) throw new Error("the disk does not have the whole record yet");
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
