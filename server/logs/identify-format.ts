// What kind of file this is, by its first bytes, so that a reader is not let loose on another
// kind and finds "frames" in it by chance.

import { createFrameView, readFrameAt } from "../mavlink/frame-reader.ts";

/** In words for people; undefined for what is not known, and for tlogs: they have no signature. */
export function foreignFormat(bytes: Uint8Array): string | undefined {
  const known = signatures.find(({ start }) => start.every((byte, i) => bytes[i] === byte));
  if (known) return known.name;
  const isRawStream = readFrameAt(bytes, 0, bytes.length, createFrameView()) === "frame";
  return isRawStream ? "a raw MAVLink stream without times" : undefined;
}

const signatures = [
  { name: "an ArduPilot DataFlash log", start: [0xa3, 0x95] },
  { name: "a PX4 ULog", start: [0x55, 0x4c, 0x6f, 0x67] }, // "ULog"
  { name: "a network capture (pcap)", start: [0xd4, 0xc3, 0xb2, 0xa1] },
  { name: "a network capture (pcap)", start: [0xa1, 0xb2, 0xc3, 0xd4] },
  { name: "a network capture (pcap)", start: [0x4d, 0x3c, 0xb2, 0xa1] },
  { name: "a network capture (pcapng)", start: [0x0a, 0x0d, 0x0d, 0x0a] },
  { name: "a gzip file", start: [0x1f, 0x8b] },
  { name: "a zip file", start: [0x50, 0x4b, 0x03, 0x04] },
] as const;
