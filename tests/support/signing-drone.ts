// A drone on the bench that signs as ArduPilot does: it takes SETUP_SIGNING without a word, signs
// from the next frame on with stamps a minute ahead, and keeps what it was sent. Its signatures are
// put together here, so that what is under test is never its own judge.
import { createHash } from "node:crypto";
import { createSocket, type Socket } from "node:dgram";
import { makeHeartbeat } from "./mavlink-frames.ts";

const heartbeatEveryMs = 200;
const aheadUnits = 60 * 100_000;
const epochMs = Date.UTC(2015, 0, 1);
const headerBytes = 10;
const setupSigningId = 256;
const keyBytes = 32;

/** One frame of the server's as the drone got it. */
export interface GotFrame {
  readonly messageId: number;
  readonly isSigned: boolean;
  /** False where it is not signed, or not with the drone's key. */
  readonly isRight: boolean;
  readonly stamp: number;
}

export interface SigningDrone {
  readonly got: GotFrame[];
  /** Undefined while it signs nothing. */
  key(): Uint8Array | undefined;
  close(): void;
}

/** Starts one that sends disarmed heartbeats to the server. */
export function startSigningDrone(
  sysid: number,
  server: { readonly host: string; readonly port: number },
  nowMs: () => number,
): SigningDrone {
  const socket: Socket = createSocket("udp4");
  const got: GotFrame[] = [];
  let key: Uint8Array | undefined;
  let stamp = 0;
  let sequence = 0;
  const beat = (): void => {
    const plain = makeHeartbeat({ baseMode: 89 }, incompat(sysid, sequence, key !== undefined));
    sequence = (sequence + 1) & 0xff;
    stamp = Math.max(stamp + 1, unitsOf(nowMs()) + aheadUnits);
    const bytes = key === undefined ? plain : withSignature(plain, key, stamp);
    socket.send(bytes, server.port, server.host);
  };
  socket.on("message", (bytes) => {
    got.push(readFrame(bytes, key));
    if (messageIdOf(bytes) !== setupSigningId) return;
    const payload = Buffer.alloc(headerBytes + keyBytes);
    bytes.copy(payload, 0, headerBytes, headerBytes + (bytes[1] ?? 0));
    const given = payload.subarray(headerBytes, headerBytes + keyBytes);
    key = given.every((byte) => byte === 0) ? undefined : new Uint8Array(given);
  });
  const timer = setInterval(beat, heartbeatEveryMs);
  beat();
  return {
    got,
    key: () => key,
    close() {
      clearInterval(timer);
      socket.close();
    },
  };
}

function incompat(sysid: number, sequence: number, isSigned: boolean) {
  return { sysid, sequence, incompatFlags: isSigned ? 1 : 0 };
}

function unitsOf(atMs: number): number {
  return Math.floor((atMs - epochMs) * 100);
}

function messageIdOf(bytes: Buffer): number {
  return bytes.readUIntLE(7, 3);
}

function withSignature(plain: Uint8Array, key: Uint8Array, stamp: number): Uint8Array {
  const trailer = Buffer.alloc(7);
  trailer.writeUIntLE(stamp, 1, 6);
  const body = Buffer.concat([plain, trailer]);
  const hash = createHash("sha256").update(key).update(body).digest();
  return Buffer.concat([body, hash.subarray(0, 6)]);
}

function readFrame(bytes: Buffer, key: Uint8Array | undefined): GotFrame {
  const isSigned = ((bytes[2] ?? 0) & 1) !== 0;
  const body = bytes.subarray(0, bytes.length - 6);
  const stamp = isSigned ? bytes.readUIntLE(bytes.length - 12, 6) : 0;
  const hash = createHash("sha256")
    .update(key ?? "")
    .update(body)
    .digest();
  const isRight = isSigned && key !== undefined && hash.subarray(0, 6).equals(bytes.subarray(-6));
  return { messageId: messageIdOf(bytes), isSigned, isRight, stamp };
}
