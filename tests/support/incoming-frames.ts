// What a record holds of what came in, to be held against what was sent. Used by the flights of
// tests/e2e.
import { walkTlog } from "../../server/mavlink/tlog.ts";
import type { RecordedDatagram } from "./send-flight.ts";
import { until, type ServerClient } from "./start-server.ts";

/** The server's own system id, as it is set where nothing else is said. */
export const ourSysid = 245;

/** Frames one after another, and how many. */
export interface FrameRun {
  readonly frames: number;
  readonly bytes: Buffer;
}

/** Frames of a tlog that came in, in their order. */
function incomingFrames(tlog: Uint8Array): FrameRun {
  const parts: Uint8Array[] = [];
  walkTlog(tlog, ({ frame }) => {
    if (frame.sysid !== ourSysid) parts.push(frame.bytes.slice(frame.start, frame.end));
  });
  return { frames: parts.length, bytes: Buffer.concat(parts) };
}

/** What came in by a session's record, once so many are on disk: the last second may not be yet. */
export async function recordedFrames(
  reader: ServerClient,
  sessionId: string,
  frames: number,
): Promise<FrameRun> {
  let run: FrameRun = { frames: 0, bytes: Buffer.alloc(0) };
  await until(`the record holds ${frames} frames`, async () => {
    run = incomingFrames(await reader.bytes(`/records/${sessionId}`));
    return run.frames >= frames;
  });
  return run;
}

/** Frames that were sent: of recordings whose datagrams hold one whole MAVLink 2 frame or text. */
export function sentFrames(datagrams: readonly RecordedDatagram[]): FrameRun {
  const parts = datagrams
    .map(({ payload }) => payload)
    .filter((payload) => payload[0] === 0xfd && payload.length >= 12);
  return { frames: parts.length, bytes: Buffer.concat(parts) };
}
