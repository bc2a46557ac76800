// Frames of a made-up session at a steady rate, for tests of records: heartbeats, positions, and
// another vehicle's frames on the same link.
import { makeHeartbeat, makePosition } from "./mavlink-frames.ts";

/** One frame and when it was heard. */
export interface HeardFrame {
  readonly stampUs: number;
  readonly bytes: Uint8Array;
}

export const sessionIdentity = {
  sessionId: "ses_test",
  vehicleKey: "sysid-1",
  sysid: 1,
  compid: 1,
  startMs: 1_800_000_000_000,
};

/** Ten frames a second: a heartbeat, another vehicle's, then positions; the mode changes. */
export function sessionFrames(seconds: number): HeardFrame[] {
  const startUs = sessionIdentity.startMs * 1000;
  return Array.from({ length: seconds * 10 }, (_, n) => {
    const second = Math.floor(n / 10);
    return { stampUs: startUs + n * 100_000, bytes: frameOf(n % 10, second, n) };
  });
}

function frameOf(tenth: number, second: number, n: number): Uint8Array {
  if (tenth === 3) return makeHeartbeat({ customMode: second % 7 });
  if (tenth === 5) return makeHeartbeat({}, { sysid: 2 });
  return makePosition({ timeBootMs: 10_000 + n * 100, lat: 222_607_000 + n });
}
