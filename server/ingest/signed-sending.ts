// The last step of every frame that we send: it is signed where the drone it is for has a key, then
// sent, then recorded. Called by everything in ingest that sends; made by main.ts.
import { scanDatagram } from "../mavlink/frame-scanner.ts";
import type { FrameView } from "../mavlink/frame-reader.ts";
import { signFrame } from "../mavlink/signing.ts";
import type { LinkAddress } from "../telemetry/ports.ts";
import type { VehicleSession } from "../telemetry/vehicle-session.ts";
import type { OwnStamps } from "./own-stamps.ts";
import type { SignatureGate } from "./signature-gate.ts";

/** Our stamps increase over all links together, so one stream of ours is enough. */
const ourLinkId = 0;

export interface SendingPorts {
  readonly gate: Pick<SignatureGate, "keyFor">;
  readonly stamps: Pick<OwnStamps, "next">;
  readonly sessions: () => Iterable<VehicleSession>;
  /** Puts one datagram on the wire and in the record. */
  readonly send: (bytes: Uint8Array, to: LinkAddress) => void;
  readonly nowMs: () => number;
}

export type Transmit = (bytes: Uint8Array, to: LinkAddress) => void;

/**
 * Takes one unsigned frame of ours. One for a certain system is signed with that system's key. One
 * for everybody, as our heartbeat, goes out once for each key that is in use at the address, and
 * once without where a drone there has none. What no stamp can be promised for is not sent.
 */
export function createSignedSending(ports: SendingPorts): Transmit {
  return (bytes, to) => {
    const nowMs = ports.nowMs();
    for (const key of keysFor(ports, bytes, to, nowMs)) {
      if (key === undefined) {
        ports.send(bytes, to);
        continue;
      }
      const stamp = ports.stamps.next(nowMs);
      if (stamp !== undefined) ports.send(signFrame(bytes, key, ourLinkId, stamp), to);
    }
  };
}

type MaybeKey = Uint8Array | undefined;

function keysFor(
  { gate, sessions }: SendingPorts,
  bytes: Uint8Array,
  to: LinkAddress,
  nowMs: number,
): Iterable<MaybeKey> {
  const target = targetOf(bytes);
  if (target !== 0) return [gate.keyFor(target, nowMs)];
  const keys = new Set<MaybeKey>();
  for (const { link, sysid } of sessions()) {
    if (link !== undefined && isSame(link.address, to)) keys.add(gate.keyFor(sysid, nowMs));
  }
  return keys.size === 0 ? [undefined] : keys;
}

/** The system a frame is for; 0 where it is for everybody. */
function targetOf(bytes: Uint8Array): number {
  let target = 0;
  scanDatagram(bytes, (frame) => (target = targetField(frame)));
  return target;
}

function targetField({ definition, bytes, payloadStart, payloadLength }: FrameView): number {
  const field = definition?.fields.find(({ name }) => name === "target_system");
  if (field === undefined || field.offset >= payloadLength) return 0;
  return bytes[payloadStart + field.offset] ?? 0;
}

function isSame(one: LinkAddress, other: LinkAddress): boolean {
  return (
    one.listener === other.listener && one.address === other.address && one.port === other.port
  );
}
