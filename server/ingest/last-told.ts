// What an autopilot said last, as its session's record has it: mode, battery, fix, who it is. Read
// by read-back-record.ts at start, so that a drone is known before it is heard again.
import { piecesOf, type ByteSource } from "../logs/byte-source.ts";
import { walkTlogPieces } from "../logs/walk-tlog-pieces.ts";
import { emptyTrack, trackAfter, type VehicleTrack } from "../domain/flight/vehicle-track.ts";
import type { FrameView } from "../mavlink/frame-reader.ts";
import { toSample } from "../mavlink/to-sample.ts";
import type { SessionIdentity } from "../telemetry/ports.ts";

/** It says which autopilot it is when we first ask: in a minute of a hundred frames a second. */
const headBytesMax = 256 * 1024;

export interface LastTold {
  push(stampUs: number, frame: FrameView): void;
  /** Undefined where none of its frames came. */
  readonly track: VehicleTrack | undefined;
}

/** Gathers what the session's autopilot says, but for its positions: those are the track's. */
export function createLastTold({ sysid, compid }: SessionIdentity): LastTold {
  let track: VehicleTrack | undefined;
  return {
    push(stampUs, frame) {
      if (frame.sysid !== sysid || frame.compid !== compid) return;
      const sample = toSample(frame);
      if (sample === undefined || sample.kind === "position") return;
      track = trackAfter(track ?? emptyTrack, sample, Math.floor(stampUs / 1000));
    },
    get track() {
      return track;
    },
  };
}

/** With the id that its autopilot told when the session began, where it has not told it since. */
export async function withOwnId(
  told: VehicleTrack | undefined,
  record: ByteSource,
  identity: SessionIdentity,
): Promise<VehicleTrack | undefined> {
  if (told === undefined || told.autopilotUid !== undefined) return told;
  const head = createLastTold(identity);
  const headBytes = Math.min(record.bytes, headBytesMax);
  const pieces = piecesOf(record, 0, headBytes, headBytes);
  await walkTlogPieces(pieces, 0, ({ stampUs, frame }) => head.push(stampUs, frame));
  return { ...told, autopilotUid: head.track?.autopilotUid };
}
