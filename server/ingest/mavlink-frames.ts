// The wire as the telemetry flow asks for it: our own MAVLink reader behind the flow's port.
// Called by server/ingest/main.ts, and by tests and benches that run the flow on real bytes.
import { emptyTally, scanDatagram, type FrameView } from "../mavlink/frame-scanner.ts";
import { withoutSetupKey } from "../mavlink/signing.ts";
import { StreamFramer } from "../mavlink/stream-framer.ts";
import { toSample } from "../mavlink/to-sample.ts";
import type { FrameReader } from "../telemetry/ports.ts";

/** GLOBAL_POSITION_INT. */
export const positionMessageId = 33;

export const mavlinkFrames: FrameReader<FrameView> = {
  emptyTally,
  scan: (bytes, onFrame, tally) => void scanDatagram(bytes, onFrame, tally),
  openStream: (onFrame, tally) => new StreamFramer(onFrame, tally),
  toSample,
  isPositionReport: (frame) => frame.messageId === positionMessageId,
  withoutSecrets: withoutSetupKey,
};
