// Signatures against golden verdicts made by other implementations, a real signed flight, and
// frames of ours that somebody else's reader verifies.
import { readFileSync } from "node:fs";
import { MavLinkPacketSignature } from "node-mavlink";
import { expect, test } from "vitest";
import { createEncoder } from "../../../../server/mavlink/encode.ts";
import { scanDatagram, type FrameView } from "../../../../server/mavlink/frame-scanner.ts";
import {
  holdsSetupKey,
  judgeSignature,
  newStreamBehindMax,
  parseSigningKey,
  rememberStamp,
  signFrame,
  signingStamp,
  stampOf,
  streamOf,
  streamsMax,
  withoutSetupKey,
  type SigningMemory,
} from "../../../../server/mavlink/signing.ts";
import { walkTlog } from "../../../../server/mavlink/tlog.ts";
import { flightPath, readFlight } from "../../../support/flights.ts";

interface GoldenLine {
  readonly type: "session" | "frame";
  readonly session: number;
  readonly n: number;
  readonly key: string;
  readonly clock: number;
  readonly accept_unsigned: "none" | "radio_status";
  readonly hex: string;
  readonly msgid: number;
  readonly verdict: "accept" | "reject";
  readonly reason: string;
  readonly local_after: number;
}

const lines = readFileSync("tests/golden/signing.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as GoldenLine);

const reasonOf = {
  verified: "ok",
  unsigned: "unsigned",
  badSignature: "bad_signature",
  replayed: "replay",
  oldStream: "old_new_stream",
} as const;
const reasonOfDrop: Readonly<Record<string, string>> = {
  crc: "bad_crc",
  truncated: "incomplete",
  incompatFlags: "incompat",
};

const ourKey = new Uint8Array(32).map((_, i) => i * 7 + 1);

function bytesOf(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, "hex"));
}

function emptyMemory(localStamp = 0): SigningMemory {
  return { localStamp, streams: new Map() };
}

/** Judges the one frame of a datagram; undefined where there is none. */
function judgeBytes(bytes: Uint8Array, key: Uint8Array, memory: SigningMemory) {
  let verdict: ReturnType<typeof judgeSignature> | undefined;
  const tally = scanDatagram(bytes, (frame) => {
    verdict ??= judgeSignature(frame, key, memory);
    if (verdict === "verified") rememberStamp(frame, memory);
  });
  const drop = Object.entries(tally.dropped).find(([, count]) => count > 0)?.[0];
  return { verdict, drop };
}

test("every golden frame gets golden's verdict and reason, and leaves golden's local stamp", () => {
  let session: GoldenLine | undefined;
  let memory = emptyMemory();
  let judged = 0;
  for (const line of lines) {
    if (line.type === "session") {
      session = line;
      memory = emptyMemory(line.clock);
      continue;
    }
    const { verdict, drop } = judgeBytes(bytesOf(line.hex), bytesOf(session?.key ?? ""), memory);
    const mayBeUnsigned = session?.accept_unsigned === "radio_status" && line.msgid === 109;
    const reason =
      verdict === undefined
        ? reasonOfDrop[drop ?? ""]
        : verdict === "unsigned" && mayBeUnsigned
          ? "unsigned_allowed"
          : reasonOf[verdict];
    const isAccepted = reason === "ok" || reason === "unsigned_allowed";
    const name = `session ${String(line.session)}, frame ${String(line.n)}`;
    expect(reason, name).toBe(line.reason);
    expect(isAccepted ? "accept" : "reject", name).toBe(line.verdict);
    expect(memory.localStamp, name).toBe(line.local_after);
    judged += 1;
  }
  expect(judged).toBe(69);
});

test("every signature of a real signed flight is verified, and none of a second playing", () => {
  const key = parseSigningKey(readFileSync(flightPath("d_signed.key.hex"), "utf8"));
  if (key === undefined) throw new Error("the flight's key is none");
  const memory = emptyMemory();
  const count = (): Record<string, number> => {
    const counts: Record<string, number> = {};
    walkTlog(readFlight("d_signed.tlog"), ({ frame }) => {
      const verdict = judgeSignature(frame, key, memory);
      if (verdict === "verified") rememberStamp(frame, memory);
      counts[verdict] = (counts[verdict] ?? 0) + 1;
    });
    return counts;
  };
  expect(count()).toEqual({ unsigned: 3525, verified: 14_401 });
  expect(count()).toEqual({ unsigned: 3525, replayed: 14_401 });
});

test("a changed byte anywhere in a signed frame of ours is refused", () => {
  const encoder = createEncoder({ sysid: 245, compid: 190 });
  const signed = signFrame(encoder.setMessageInterval(7, 1, 33, 100_000), ourKey, 3, 2 ** 47 + 5);
  expect(judgeBytes(signed, ourKey, emptyMemory()).verdict).toBe("verified");
  for (let at = 0; at < signed.length; at++) {
    for (const flip of [0x01, 0x80, 0xff]) {
      const changed = signed.slice();
      changed[at] = (changed[at] ?? 0) ^ flip;
      const { verdict } = judgeBytes(changed, ourKey, emptyMemory());
      expect(verdict, `byte ${String(at)}`).not.toBe("verified");
    }
  }
});

test("another implementation verifies what we sign, with our link id and stamp in it", () => {
  const frame = signFrame(createEncoder({ sysid: 245, compid: 190 }).heartbeat(), ourKey, 9, 1234);
  const theirs = new MavLinkPacketSignature(Buffer.from(frame));
  expect(theirs.matches(Buffer.from(ourKey))).toBe(true);
  expect(theirs.matches(Buffer.alloc(32))).toBe(false);
  expect(theirs.linkId).toBe(9);
  scanDatagram(frame, (view) => {
    expect(stampOf(view)).toBe(1234);
    expect(streamOf(view)).toBe((245 << 16) | (190 << 8) | 9);
  });
});

test("a stream that is forgotten for others accepts nothing again that it accepted once", () => {
  const memory = emptyMemory();
  const heartbeatOf = (link: number, compid: number, stamp: number): Uint8Array =>
    signFrame(createEncoder({ sysid: 7, compid }).heartbeat(), ourKey, link, stamp);
  const first = heartbeatOf(0, 1, 1_000);
  expect(judgeBytes(first, ourKey, memory).verdict).toBe("verified");
  for (let i = 0; i < streamsMax; i++) {
    const other = heartbeatOf(i % 256, 2, 5_000 + i);
    expect(judgeBytes(other, ourKey, memory).verdict).toBe("verified");
  }
  expect(memory.streams.size).toBe(streamsMax);
  expect(judgeBytes(first, ourKey, memory).verdict).toBe("oldStream");
});

test("a stamp counts ten microseconds since 2015, and a new stream may be a minute behind", () => {
  expect(signingStamp(Date.UTC(2015, 0, 1) + 1_000)).toBe(100_000);
  expect(newStreamBehindMax).toBe(6_000_000);
});

test("a kept SETUP_SIGNING is a whole frame without the key; others are kept as they are", () => {
  const encoder = createEncoder({ sysid: 245, compid: 190 });
  const setup = encoder.setupSigning(7, 1, ourKey, 123_456_789);
  const frames: FrameView[] = [];
  const kept = withoutSetupKey(setup, 0, setup.length) ?? new Uint8Array(0);
  const tally = scanDatagram(kept, (frame) => frames.push({ ...frame }));
  expect(tally).toMatchObject({ frames: 1, dropped: { crc: 0 } });
  expect(frames[0]?.definition?.name).toBe("SETUP_SIGNING");
  expect(frames.map(holdsSetupKey)).toEqual([false]);
  scanDatagram(setup, (frame) => expect(holdsSetupKey(frame)).toBe(true));
  expect(Buffer.from(setup).includes(Buffer.from(ourKey))).toBe(true);
  for (let i = 0; i + 4 <= ourKey.length; i += 4) {
    expect(Buffer.from(kept).includes(Buffer.from(ourKey.subarray(i, i + 4)))).toBe(false);
  }
  const signed = signFrame(setup, ourKey, 0, 5);
  expect(Buffer.from(withoutSetupKey(signed, 0, signed.length) ?? setup)).not.toContain(ourKey[5]);
  const heartbeat = encoder.heartbeat();
  expect(withoutSetupKey(heartbeat, 0, heartbeat.length)).toBeUndefined();
});

test("a key is 64 hexadecimal digits and nothing else", () => {
  expect(parseSigningKey(`${"0f".repeat(32)}\n`)).toEqual(new Uint8Array(32).fill(15));
  for (const wrong of ["", "0f", "x".repeat(64), "0".repeat(63), "0".repeat(66)]) {
    expect(parseSigningKey(wrong)).toBeUndefined();
  }
});
