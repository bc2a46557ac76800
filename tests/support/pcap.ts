// Reads network captures of UDP datagrams: classic pcap, little-endian, microseconds, raw IPv4.
// The recorded flights are such files; nothing else is supported.

import { readFileSync } from "node:fs";

export interface CapturedDatagram {
  /** Microseconds since 1970 UTC. */
  readonly stampUs: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly payload: Uint8Array;
}

const fileHeaderBytes = 24;
const packetHeaderBytes = 16;
const udpHeaderBytes = 8;
const magicLittleEndianUs = 0xa1b2c3d4;
const linkTypeRaw = 101;
const protocolUdp = 17;

/** Every datagram of the file in order, both directions. */
export function readPcap(path: string): CapturedDatagram[] {
  const bytes = readFileSync(path);
  if (bytes.readUInt32LE(0) !== magicLittleEndianUs || bytes.readUInt32LE(20) !== linkTypeRaw) {
    throw new Error(`${path}: not a little-endian pcap of raw IPv4`);
  }
  const datagrams: CapturedDatagram[] = [];
  let at = fileHeaderBytes;
  while (at < bytes.length) {
    const packetAt = at + packetHeaderBytes;
    const stampUs = bytes.readUInt32LE(at) * 1_000_000 + bytes.readUInt32LE(at + 4);
    at = packetAt + bytes.readUInt32LE(at + 8);
    if (bytes[packetAt + 9] !== protocolUdp) throw new Error(`${path}: a packet is not UDP`);
    const udpAt = packetAt + ((bytes[packetAt] ?? 0) & 0x0f) * 4;
    datagrams.push({
      stampUs,
      sourcePort: bytes.readUInt16BE(udpAt),
      destinationPort: bytes.readUInt16BE(udpAt + 2),
      payload: new Uint8Array(bytes.subarray(udpAt + udpHeaderBytes, at)),
    });
  }
  return datagrams;
}
