// The name under which a frame is listed, counted and shown.

import type { FrameView } from "../mavlink/frame-reader.ts";

/** As in the message definitions; `UNKNOWN_<id>` for a message that has none here. */
export function messageName(frame: FrameView): string {
  return frame.definition?.name ?? `UNKNOWN_${frame.messageId}`;
}
