import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyTally, scanDatagram } from "../../../../server/mavlink/frame-scanner.ts";
import {
  concatBytes,
  makeFrame,
  makeHeartbeat,
  makePosition,
} from "../../../support/mavlink-frames.ts";

/** The frames found, as copies of their bytes in hexadecimal; `known` have a tested checksum. */
function scan(bytes: Uint8Array) {
  const frames: string[] = [];
  const known: string[] = [];
  const tally = scanDatagram(bytes, (frame) => {
    const found = hex(frame.bytes.subarray(frame.start, frame.end));
    frames.push(found);
    if (frame.definition) known.push(found);
  });
  return { frames, known, tally, dropped: tally.dropped };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

const nothingDropped = emptyTally().dropped;
const heartbeat = makeHeartbeat();
const position = makePosition();
const unknown = makeFrame({ messageId: 9_999_999, crcExtra: 0, payload: [1, 2, 3, 4] });

test("one frame a datagram is found with its header", () => {
  const bytes = makePosition({}, { sysid: 7, compid: 9, sequence: 200 });
  scanDatagram(bytes, (frame) => {
    expect(frame).toMatchObject({ start: 0, end: 40, version: 2, sysid: 7, compid: 9 });
    expect(frame).toMatchObject({ sequence: 200, messageId: 33, incompatFlags: 0, signed: false });
    expect(frame).toMatchObject({ payloadStart: 10, payloadLength: 28 });
    expect(frame.definition?.name).toBe("GLOBAL_POSITION_INT");
  });
  expect(scan(bytes).tally).toEqual({ ...emptyTally(), frames: 1, frameBytes: 40 });
});

test("a MAVLink 1 frame is found with its header", () => {
  const bytes = makeHeartbeat({}, { version: 1, sysid: 7, sequence: 5 });
  scanDatagram(bytes, (frame) => {
    expect(frame).toMatchObject({ version: 1, sysid: 7, compid: 1, sequence: 5, messageId: 0 });
    expect(frame).toMatchObject({ payloadStart: 6, payloadLength: 9, end: 17, signed: false });
  });
  expect(scan(bytes).tally.frames).toBe(1);
});

test("several frames in one datagram are all found, in order", () => {
  const { frames, dropped } = scan(concatBytes(heartbeat, position, heartbeat));
  expect(frames).toEqual([hex(heartbeat), hex(position), hex(heartbeat)]);
  expect(dropped).toEqual(nothingDropped);
});

test("an empty datagram and plain text hold no frames", () => {
  expect(scan(new Uint8Array(0)).tally).toEqual(emptyTally());
  const text = new TextEncoder().encode("\n\nInit ArduCopter V4.6.2 (1ebd4d99)\n");
  expect(scan(text).tally).toEqual({
    ...emptyTally(),
    dropped: { ...nothingDropped, notMavlink: 1 },
    droppedBytes: { ...nothingDropped, notMavlink: text.length },
  });
});

test("a frame behind plain text is found", () => {
  const text = new TextEncoder().encode("Init Gyro**");
  expect(scan(concatBytes(text, heartbeat)).frames).toEqual([hex(heartbeat)]);
});

test("any changed byte costs that frame alone, and the drop is counted", () => {
  for (let at = 0; at < position.length; at++) {
    const damaged = Uint8Array.from(position, (byte, i) => (i === at ? byte ^ 0x10 : byte));
    const { frames, dropped } = scan(concatBytes(heartbeat, damaged, heartbeat));
    expect(frames, `byte ${at}`).toEqual([hex(heartbeat), hex(heartbeat)]);
    expect(
      Object.values(dropped).some((count) => count > 0),
      `byte ${at}`,
    ).toBe(true);
  }
});

test("a damaged frame counts once, under its cause", () => {
  const damaged = Uint8Array.from(position, (byte, i) => (i === 20 ? byte ^ 1 : byte));
  const { dropped } = scan(concatBytes(damaged, heartbeat, damaged));
  expect(dropped).toEqual({ ...nothingDropped, crc: 2 });
});

test("a datagram that ends within a frame is truncated", () => {
  for (let length = 1; length < position.length; length++) {
    const { frames, dropped } = scan(position.subarray(0, length));
    expect(frames).toEqual([]);
    expect(dropped).toEqual({ ...nothingDropped, truncated: 1 });
  }
});

test("an unknown incompatibility flag drops the frame, whatever its checksum", () => {
  const flagged = makePosition({}, { incompatFlags: 0x02 });
  const { frames, dropped } = scan(concatBytes(flagged, heartbeat));
  expect(frames).toEqual([hex(heartbeat)]);
  expect(dropped).toEqual({ ...nothingDropped, incompatFlags: 1 });
});

test("a signed frame includes its thirteen bytes of signature", () => {
  const signed = concatBytes(
    makeHeartbeat({}, { incompatFlags: 0x01 }),
    new Uint8Array(13).fill(0xfd),
  );
  scanDatagram(concatBytes(signed, position), (frame) => {
    expect(frame.signed).toBe(frame.start === 0);
  });
  expect(scan(concatBytes(signed, position)).frames).toEqual([hex(signed), hex(position)]);
});

test("a signed frame cut within its signature costs the frame behind it nothing", () => {
  const signed = concatBytes(makeHeartbeat({}, { incompatFlags: 1 }), new Uint8Array(13).fill(7));
  for (let cut = signed.length - 13; cut < signed.length; cut++) {
    for (const next of [position, heartbeat, makeHeartbeat({}, { version: 1 })]) {
      const { frames, dropped } = scan(concatBytes(signed.subarray(0, cut), next, heartbeat));
      expect(frames).toEqual([hex(next), hex(heartbeat)]);
      expect(dropped).toEqual({ ...nothingDropped, truncated: 1 });
    }
  }
});

test("an unknown message is handed over where it fills the rest of the datagram", () => {
  const seen: unknown[] = [];
  const tally = scanDatagram(concatBytes(heartbeat, unknown), (frame) => {
    seen.push([frame.messageId, frame.definition?.name]);
  });
  expect(seen).toEqual([
    [0, "HEARTBEAT"],
    [9_999_999, undefined],
  ]);
  expect(tally).toMatchObject({ frames: 2, dropped: nothingDropped });
});

test("an unknown message elsewhere is dropped and its length never trusted", () => {
  expect(scan(concatBytes(unknown, heartbeat)).frames).toEqual([hex(heartbeat)]);
  expect(scan(concatBytes(unknown, heartbeat)).dropped.unknownMessage).toBe(1);
  const garbageBefore = concatBytes(new Uint8Array([1, 2, 3]), unknown);
  expect(scan(garbageBefore).frames).toEqual([]);
});

test("a valid frame within what looks like an unknown message is not lost", () => {
  const swallowing = makeFrame({ messageId: 9_999_999, crcExtra: 0, payload: [...heartbeat] });
  expect(scan(swallowing).frames).toEqual([hex(heartbeat)]);
});

test("a MAVLink 1 frame shorter than its message is no such message", () => {
  const short = makeFrame({ messageId: 33, crcExtra: 104, payload: [1, 2, 3], version: 1 });
  expect(scan(short).frames).toEqual([]);
});

test("counts of many datagrams may be kept in one tally", () => {
  const tally = emptyTally();
  scanDatagram(heartbeat, () => {}, tally);
  scanDatagram(concatBytes(position, position), () => {}, tally);
  scanDatagram(new Uint8Array([0x20]), () => {}, tally);
  expect(tally).toEqual({
    frames: 3,
    frameBytes: heartbeat.length + 2 * position.length,
    dropped: { ...nothingDropped, notMavlink: 1 },
    droppedBytes: { ...nothingDropped, notMavlink: 1 },
  });
});

test("a view within a larger buffer is read by its own bounds", () => {
  const larger = concatBytes(position, heartbeat, position);
  const window = larger.subarray(position.length, position.length + heartbeat.length);
  expect(scan(window).frames).toEqual([hex(heartbeat)]);
});

// The seed is fixed: some garbage holds a frame with a right checksum by chance. Garbage that looks
// like an unknown message to the datagram's end cannot be told from one, so only `known` counts.
const garbage = fc.array(
  fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0xfd, 0xfe, 0, 1, 9, 28)),
  { maxLength: 60 },
);
const undamaged = fc.constantFrom(
  heartbeat,
  position,
  makeHeartbeat({}, { version: 1 }),
  makePosition({ hdg: 0xfefd }, { version: 1, sysid: 0xfe }),
  makePosition({ lat: 0x01fefd09, lon: 0x00fdfe1c }, { sequence: 0xfd }),
);

test("garbage around undamaged frames neither hides one nor invents one", () => {
  const parts = fc.array(fc.tuple(garbage, undamaged), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(parts, garbage, (pairs, tail) => {
      const bytes = pairs.map(([noise, frame]) => concatBytes(new Uint8Array(noise), frame));
      const datagram = concatBytes(...bytes, new Uint8Array(tail));
      expect(scan(datagram).known).toEqual(pairs.map(([, frame]) => hex(frame)));
    }),
    { seed: 20_251, numRuns: 2000 },
  );
});

test("cut and damaged frames between undamaged ones hide none and invent none", () => {
  const damaged = fc
    .tuple(undamaged, fc.nat(39), fc.integer({ min: 1, max: 255 }), fc.boolean())
    .map(([frame, at, change, isCut]) => {
      const place = at % frame.length;
      if (isCut) return frame.subarray(0, place);
      return Uint8Array.from(frame, (byte, i) => (i === place ? byte ^ change : byte));
    });
  const parts = fc.array(fc.tuple(damaged, undamaged), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(parts, (pairs) => {
      const datagram = concatBytes(...pairs.flat());
      expect(scan(datagram).known).toEqual(pairs.map(([, frame]) => hex(frame)));
    }),
    { seed: 20_251, numRuns: 2000 },
  );
});
