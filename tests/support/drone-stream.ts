// What drones send, without end: the messages and rates of a flying ArduCopter, its boot clock and
// sequence numbers true, each frame made anew into one buffer. Used by the load maker.
import { definitionNamed } from "../../server/mavlink/dialect.ts";
import { fieldOf, type MessageDefinition } from "../../server/mavlink/message-definition.ts";
import { crcX25, crcX25Byte } from "../../server/mavlink/x25.ts";
import { seededRandom } from "./seeded-random.ts";

/** Messages a second as ArduCopter 4.6 sends them to a ground station; a heartbeat beside them. */
const mix: readonly (readonly [string, number])[] = [
  ...["AHRS2", "ATTITUDE", "GLOBAL_POSITION_INT", "SIMSTATE"].map((name) => [name, 10] as const),
  ["LOCAL_POSITION_NED", 8],
  ["VFR_HUD", 4],
  ...["RAW_IMU", "AHRS", "SYS_STATUS", "POWER_STATUS", "MEMINFO", "NAV_CONTROLLER_OUTPUT"]
    .concat("MISSION_CURRENT", "SERVO_OUTPUT_RAW", "RC_CHANNELS", "SCALED_IMU2", "GPS_RAW_INT")
    .concat("SCALED_PRESSURE", "TERRAIN_REPORT", "EKF_STATUS_REPORT", "VIBRATION", "SYSTEM_TIME")
    .concat("BATTERY_STATUS", "ESC_TELEMETRY_1_TO_4", "WIND")
    .map((name) => [name, 2] as const),
];

const headerBytes = 10;
const frameBytesMax = 300;
const bootedMs = 60_000;
const heartbeatEveryUs = 1_000_000;
const circleDeg = 0.0015;
const centre = { latDeg: 22.2595, lngDeg: 114.1285 };

/** A message with most of its bytes made beforehand. */
interface Template {
  readonly definition: MessageDefinition;
  readonly payload: Uint8Array;
  /** Where its boot clock stands; undefined where it has none. */
  readonly bootAt: number | undefined;
  /** Where a SYSTEM_TIME says the time of sending. */
  readonly sentAt: number | undefined;
}

/** All messages of one second, mixed by their rates. */
const second: readonly Template[] = mix
  .flatMap(([name, perS], row) =>
    Array.from({ length: perS }, (_, n) => ({ name, phase: (n + row / mix.length) / perS })),
  )
  .sort((a, b) => a.phase - b.phase)
  .map(({ name }, n) => templateOf(name, n));

const heartbeat: Template = {
  definition: definitionNamed("HEARTBEAT"),
  // GUIDED, a quadcopter of ArduPilot, armed, active.
  payload: Uint8Array.from([4, 0, 0, 0, 2, 3, 217, 4, 3]),
  bootAt: undefined,
  sentAt: undefined,
};

function templateOf(name: string, seed: number): Template {
  const definition = definitionNamed(name);
  const random = seededRandom(seed + 1);
  const payload = random.bytes(definition.baseLength);
  const view = new DataView(payload.buffer);
  const names = definition.fields.map((field) => field.name);
  for (const field of definition.fields) {
    if (field.type === "float" && !field.extension)
      view.setFloat32(field.offset, random.below(628) / 100, true);
  }
  if (payload.length > 0) payload[payload.length - 1] = 1 + random.below(100);
  const offsetOf = (field: string): number | undefined =>
    names.includes(field) ? fieldOf(definition, field).offset : undefined;
  return {
    definition,
    payload,
    bootAt: offsetOf("time_boot_ms"),
    sentAt: offsetOf("time_unix_usec"),
  };
}

const position = definitionNamed("GLOBAL_POSITION_INT");

/** One drone that flies in a circle within the area of tests/support/watch-plan.ts. */
export class DroneStream {
  private readonly sysid: number;
  private readonly bytes = new Uint8Array(frameBytesMax);
  private readonly view = new DataView(this.bytes.buffer);
  private sequence = 0;
  private at: number;
  private heartbeatAtUs = -heartbeatEveryUs;

  constructor(sysid: number) {
    this.sysid = sysid;
    this.at = (sysid * 7) % second.length;
  }

  /**
   * Writes the next frame into `into` and returns its length.
   *
   * @param nowUs Microseconds since some moment; stands in each SYSTEM_TIME as the time of sending.
   */
  next(into: Uint8Array, offset: number, elapsedUs: number, nowUs: number): number {
    const isBeat = elapsedUs - this.heartbeatAtUs >= heartbeatEveryUs;
    const template = isBeat ? heartbeat : (second[this.at] ?? heartbeat);
    if (isBeat) this.heartbeatAtUs = elapsedUs;
    else this.at = (this.at + 1) % second.length;
    this.write(template, elapsedUs, nowUs);
    const length = headerBytes + template.payload.length + 2;
    for (let n = 0; n < length; n++) into[offset + n] = this.bytes[n] as number;
    return length;
  }

  private write(
    { definition, payload, bootAt, sentAt }: Template,
    us: number,
    nowUs: number,
  ): void {
    const { bytes, view } = this;
    const { id, crcExtra } = definition;
    bytes[0] = 0xfd;
    bytes[1] = payload.length;
    bytes[4] = this.sequence;
    bytes[5] = this.sysid;
    bytes[6] = 1;
    bytes[7] = id & 0xff;
    bytes[8] = (id >> 8) & 0xff;
    this.sequence = (this.sequence + 1) & 0xff;
    for (let n = 0; n < payload.length; n++) bytes[headerBytes + n] = payload[n] as number;
    if (bootAt !== undefined) {
      view.setUint32(headerBytes + bootAt, bootedMs + Math.floor(us / 1000), true);
    }
    if (sentAt !== undefined) view.setBigUint64(headerBytes + sentAt, BigInt(nowUs), true);
    if (definition === position) this.writePlace(us);
    const end = headerBytes + payload.length;
    const crc = crcX25Byte(crcX25(bytes, 1, end), crcExtra);
    view.setUint16(end, crc, true);
  }

  /** Once round in a minute, 30 m above home. */
  private writePlace(us: number): void {
    const { view } = this;
    const angle = (us / 60e6) * 2 * Math.PI + this.sysid;
    view.setInt32(14, Math.round((centre.latDeg + circleDeg * Math.sin(angle)) * 1e7), true);
    view.setInt32(18, Math.round((centre.lngDeg + circleDeg * Math.cos(angle)) * 1e7), true);
    view.setInt32(22, 33_000, true);
    view.setInt32(26, 30_000, true);
    for (const at of [30, 32, 34]) view.setInt16(at, 100, true);
    view.setUint16(36, 9_000, true);
  }
}
