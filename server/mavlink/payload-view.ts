// The payload of a frame at full length, with the zeros back that MAVLink 2 cut off, so that
// every field can be read at its offset. Used by decode.ts and to-sample.ts.

import type { FrameView } from "./frame-reader.ts";

const payloadBytesMax = 255;
const payload = new Uint8Array(payloadBytesMax);
const view = new DataView(payload.buffer);
let filled = 0; // bytes of `payload` that may not be zero

/**
 * The frame's payload as little-endian data, zero behind its last byte up to 255.
 * The same view is filled anew by every call: read it at once, never keep it.
 */
export function payloadOf(frame: FrameView): DataView {
  const length = knownLength(frame);
  const { bytes, payloadStart } = frame;
  for (let i = 0; i < length; i++) payload[i] = bytes[payloadStart + i] as number;
  if (filled > length) payload.fill(0, length, filled);
  filled = length;
  return view;
}

/** MAVLink 1 has no extension fields, whatever its length byte says. */
function knownLength(frame: FrameView): number {
  const { definition, payloadLength } = frame;
  if (frame.version === 2 || !definition) return payloadLength;
  return Math.min(payloadLength, definition.baseLength);
}
