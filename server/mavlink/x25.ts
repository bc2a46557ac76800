// The checksum of every MAVLink frame: CRC-16/MCRF4XX, called X.25 in the MAVLink documents.
// Called by the frame reader for each frame, so it is one table step a byte.
// https://mavlink.io/en/guide/serialization.html#checksum

const polynomial = 0x8408; // x^16 + x^12 + x^5 + 1, reflected
const table = makeTable();

/**
 * Checksum of `bytes[start, end)`, taken on from `seedCrc` (0xffff starts a new one).
 * An empty range gives the seed back. 0 to 65535.
 */
export function crcX25(bytes: Uint8Array, start: number, end: number, seedCrc = 0xffff): number {
  let crc = seedCrc;
  for (let i = start; i < end; i++) {
    crc = (crc >>> 8) ^ (table[(crc ^ (bytes[i] as number)) & 0xff] as number);
  }
  return crc;
}

/** The same checksum taken on by one more byte: a message's `crc_extra` comes last. */
export function crcX25Byte(crc: number, byte: number): number {
  return (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] as number);
}

function makeTable(): Uint16Array {
  const steps = new Uint16Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    steps[byte] = crc;
  }
  return steps;
}
