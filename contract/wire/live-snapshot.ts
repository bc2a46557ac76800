// The live picture: one packed binary message, 24 bytes a vehicle, little-endian, every 50 ms.
//
//   header, 16 bytes: version u8, reserved u8, count u16, reserved u32, sentAtMs f64 (server)
//   per vehicle, 24 bytes: liveId u16, flags u16, latE7 i32, lngE7 i32, amsl dm i16,
//     aboveHome dm i16, heading cdeg u16 (65535 unknown), groundSpeed cm/s u16, climb cm/s i16,
//     age 10 ms u16
//
// `age` is the age of the position at sending, by the server's clock. A page adds the time since
// receipt by its own monotonic clock; two wall clocks are never subtracted.

export const snapshotVersion = 1;
export const snapshotHeaderBytes = 16;
export const snapshotVehicleBytes = 24;
const headingUnknown = 0xffff;

/** Bits of `flags`. */
export const liveFlag = {
  armed: 1,
  stale: 2,
  lost: 4,
  nonconforming: 8,
  contingent: 16,
  unbooked: 32,
} as const;

export interface LiveVehicle {
  readonly liveId: number;
  readonly flags: number;
  readonly latDeg: number;
  readonly lngDeg: number;
  readonly altitudeAmslM: number;
  readonly altitudeAboveHomeM: number;
  readonly headingDeg: number | undefined;
  readonly groundSpeedMps: number;
  readonly climbMps: number;
  /** Age of the position at sending, 0..655,350 ms (older shows as the greatest). */
  readonly ageMs: number;
}

export interface LiveSnapshot {
  readonly sentAtMs: number;
  readonly vehicles: readonly LiveVehicle[];
}

/** Heights are kept to 0.1 m within +-3,276 m and positions to 1e-7 degree; else clamped. */
export function packSnapshot(snapshot: LiveSnapshot): Uint8Array {
  const { vehicles } = snapshot;
  const bytes = new Uint8Array(snapshotHeaderBytes + vehicles.length * snapshotVehicleBytes);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, snapshotVersion);
  view.setUint16(2, vehicles.length, true);
  view.setFloat64(8, snapshot.sentAtMs, true);
  let at = snapshotHeaderBytes;
  for (const vehicle of vehicles) {
    packVehicle(view, at, vehicle);
    at += snapshotVehicleBytes;
  }
  return bytes;
}

function packVehicle(view: DataView, at: number, vehicle: LiveVehicle): void {
  view.setUint16(at, vehicle.liveId, true);
  view.setUint16(at + 2, vehicle.flags, true);
  view.setInt32(at + 4, Math.round(vehicle.latDeg * 1e7), true);
  view.setInt32(at + 8, Math.round(vehicle.lngDeg * 1e7), true);
  view.setInt16(at + 12, clamp(vehicle.altitudeAmslM * 10, -32768, 32767), true);
  view.setInt16(at + 14, clamp(vehicle.altitudeAboveHomeM * 10, -32768, 32767), true);
  const heading = vehicle.headingDeg;
  view.setUint16(
    at + 16,
    heading === undefined ? headingUnknown : clamp(heading * 100, 0, 35999),
    true,
  );
  view.setUint16(at + 18, clamp(vehicle.groundSpeedMps * 100, 0, 65535), true);
  view.setInt16(at + 20, clamp(vehicle.climbMps * 100, -32768, 32767), true);
  view.setUint16(at + 22, clamp(vehicle.ageMs / 10, 0, 65535), true);
}

/** Reads a snapshot; undefined where the bytes are not one of this version. */
export function unpackSnapshot(bytes: Uint8Array): LiveSnapshot | undefined {
  if (bytes.byteLength < snapshotHeaderBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getUint16(2, true);
  const expected = snapshotHeaderBytes + count * snapshotVehicleBytes;
  if (view.getUint8(0) !== snapshotVersion || bytes.byteLength !== expected) return undefined;
  const vehicles: LiveVehicle[] = [];
  for (let at = snapshotHeaderBytes; at < expected; at += snapshotVehicleBytes) {
    vehicles.push(unpackVehicle(view, at));
  }
  return { sentAtMs: snapshotSentAtMs(bytes), vehicles };
}

/** When a packed snapshot was sent, by the sender's clock, epoch ms. */
export function snapshotSentAtMs({ buffer, byteOffset, byteLength }: Uint8Array): number {
  return new DataView(buffer, byteOffset, byteLength).getFloat64(8, true);
}

function unpackVehicle(view: DataView, at: number): LiveVehicle {
  const heading = view.getUint16(at + 16, true);
  return {
    liveId: view.getUint16(at, true),
    flags: view.getUint16(at + 2, true),
    latDeg: view.getInt32(at + 4, true) / 1e7,
    lngDeg: view.getInt32(at + 8, true) / 1e7,
    altitudeAmslM: view.getInt16(at + 12, true) / 10,
    altitudeAboveHomeM: view.getInt16(at + 14, true) / 10,
    headingDeg: heading === headingUnknown ? undefined : heading / 100,
    groundSpeedMps: view.getUint16(at + 18, true) / 100,
    climbMps: view.getInt16(at + 20, true) / 100,
    ageMs: view.getUint16(at + 22, true) * 10,
  };
}

/** Rounds to the nearest whole number within [low, high]; not a number gives 0. */
function clamp(value: number, low: number, high: number): number {
  const rounded = Math.round(value);
  return Number.isNaN(rounded) ? 0 : Math.min(high, Math.max(low, rounded));
}
