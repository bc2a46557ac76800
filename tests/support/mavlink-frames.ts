// MAVLink frames made to order for tests of readers: put together byte by byte here, so that what
// is under test is never its own judge. The checksum is the slow, table-free form of the standard.

export interface FrameParts {
  readonly messageId: number;
  readonly crcExtra: number;
  readonly payload: readonly number[];
  readonly sysid?: number;
  readonly compid?: number;
  readonly sequence?: number;
  readonly incompatFlags?: number;
  readonly version?: 1 | 2;
}

/** One whole frame, unsigned unless 13 bytes are added by the caller. */
export function makeFrame(parts: FrameParts): Uint8Array {
  const { messageId, payload, sysid = 1, compid = 1, sequence = 0, incompatFlags = 0 } = parts;
  const length = payload.length;
  const id = [messageId & 0xff, (messageId >> 8) & 0xff, messageId >> 16];
  const head =
    parts.version === 1
      ? [0xfe, length, sequence, sysid, compid, messageId]
      : [0xfd, length, incompatFlags, 0, sequence, sysid, compid, ...id];
  const crc = checksum([...head.slice(1), ...payload, parts.crcExtra]);
  return new Uint8Array([...head, ...payload, crc & 0xff, crc >> 8]);
}

/** A HEARTBEAT of an armed ArduCopter in GUIDED, unless told otherwise. */
export function makeHeartbeat(
  fields: {
    readonly type?: number;
    readonly autopilot?: number;
    readonly baseMode?: number;
    readonly customMode?: number;
    readonly systemStatus?: number;
  } = {},
  source: Partial<FrameParts> = {},
): Uint8Array {
  const { type = 2, autopilot = 3, baseMode = 217, customMode = 4, systemStatus = 4 } = fields;
  const payload = [...littleEndian(customMode, 4), type, autopilot, baseMode, systemStatus, 3];
  return makeFrame({ messageId: 0, crcExtra: 50, payload, ...source });
}

/** A GLOBAL_POSITION_INT in raw units, trailing zeros kept. */
export function makePosition(
  fields: {
    readonly timeBootMs?: number;
    readonly lat?: number;
    readonly lon?: number;
    readonly altMm?: number;
    readonly relativeAltMm?: number;
    readonly vx?: number;
    readonly vy?: number;
    readonly vz?: number;
    readonly hdg?: number;
  } = {},
  source: Partial<FrameParts> = {},
): Uint8Array {
  const { timeBootMs = 1000, lat = 222_607_000, lon = 1_141_296_000, hdg = 9000 } = fields;
  const { altMm = 33_000, relativeAltMm = 30_000, vx = 0, vy = 0, vz = 0 } = fields;
  const payload = [
    ...[timeBootMs, lat, lon, altMm, relativeAltMm].flatMap((value) => littleEndian(value, 4)),
    ...[vx, vy, vz, hdg].flatMap((value) => littleEndian(value, 2)),
  ];
  return makeFrame({ messageId: 33, crcExtra: 104, payload, ...source });
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

function littleEndian(value: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, i) => (value >> (8 * i)) & 0xff);
}

/** CRC-16/MCRF4XX, bit by bit. */
function checksum(bytes: readonly number[]): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0x8408 : crc >> 1;
  }
  return crc;
}
