// The ready-made WebSocket frame, read back by the rules of RFC 6455 section 5.2.
import { expect, test } from "vitest";
import { snapshotFrame } from "../../../../server/realtime/snapshot-frame.ts";

function payloadLength(header: Buffer): number {
  const short = header.readUInt8(1);
  if (short < 126) return header.length === 2 ? short : -1;
  if (short === 126) return header.length === 4 ? header.readUInt16BE(2) : -1;
  return header.length === 10 ? Number(header.readBigUInt64BE(2)) : -1;
}

test.each([0, 1, 125, 126, 65_535, 65_536, 100_000])(
  "a frame of %i bytes is final, binary, unmasked and says its length in the shortest form",
  (length) => {
    const bytes = new Uint8Array(length);
    const [header, payload] = snapshotFrame(bytes);
    const read = Buffer.from(header ?? []);
    expect(read.readUInt8(0)).toBe(0x82);
    expect(payloadLength(read)).toBe(length);
    expect(payload).toBe(bytes);
  },
);
