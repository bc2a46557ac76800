import { expect, test } from "vitest";
import type { Sample } from "../../../../server/domain/flight/sample.ts";
import { scanDatagram } from "../../../../server/mavlink/frame-scanner.ts";
import { toSample } from "../../../../server/mavlink/to-sample.ts";
import { makeFrame, makeHeartbeat, makePosition } from "../../../support/mavlink-frames.ts";

function sampleOf(bytes: Uint8Array): Sample | undefined {
  const samples: (Sample | undefined)[] = [];
  scanDatagram(bytes, (frame) => samples.push(toSample(frame)));
  expect(samples).toHaveLength(1);
  return samples[0];
}

/** Payload bytes of little-endian values, each written as [value, bytes, kind]. */
function payloadOf(...values: (readonly [number, number, ("int" | "float")?])[]): number[] {
  const view = new DataView(new ArrayBuffer(values.reduce((sum, [, size]) => sum + size, 0)));
  let at = 0;
  for (const [value, size, kind] of values) {
    if (kind === "float") view.setFloat32(at, value, true);
    else if (size === 8) view.setBigUint64(at, BigInt(value), true);
    else if (size === 4) view.setUint32(at, value, true);
    else if (size === 2) view.setUint16(at, value, true);
    else view.setUint8(at, value);
    at += size;
  }
  return [...new Uint8Array(view.buffer)];
}

test("a position is in degrees, metres and metres a second, climb positive up", () => {
  const bytes = makePosition({ timeBootMs: 5000, vx: 300, vy: -400, vz: -150, hdg: 27_050 });
  expect(sampleOf(bytes)).toEqual({
    kind: "position",
    sysid: 1,
    compid: 1,
    timeBootMs: 5000,
    latDeg: 22.2607,
    lngDeg: 114.1296,
    altitudeAmslM: 33,
    altitudeAboveHomeM: 30,
    groundSpeedMps: 5,
    climbMps: 1.5,
    headingDeg: 270.5,
  });
});

test("level flight climbs with 0, not with -0", () => {
  expect(sampleOf(makePosition({ vz: 0 }))).toMatchObject({ climbMps: 0 });
});

test("a height or a speed that no drone can have makes its position unknown", () => {
  const kindOf = (fields: Parameters<typeof makePosition>[0]): string | undefined =>
    sampleOf(makePosition(fields))?.kind;
  expect(kindOf({ altMm: 100_000_000, relativeAltMm: -100_000_000 })).toBe("position");
  expect(kindOf({ altMm: 100_000_001 })).toBe("impossible");
  expect(kindOf({ relativeAltMm: -100_000_001 })).toBe("impossible");
  expect(kindOf({ vx: 18_000, vy: -24_000, vz: 30_000 })).toBe("position");
  expect(kindOf({ vx: 30_000, vy: 30_000 })).toBe("impossible");
  expect(kindOf({ vz: -30_001 })).toBe("impossible");
});

test("an unknown heading is absent, and 360 degrees are 0", () => {
  expect(sampleOf(makePosition({ hdg: 0xffff }))).not.toHaveProperty("headingDeg");
  expect(sampleOf(makePosition({ hdg: 36_000 }))).toMatchObject({ headingDeg: 0 });
});

test("0/0 and places outside the globe are no position", () => {
  expect(sampleOf(makePosition({ lat: 0, lon: 0 }))).toBeUndefined();
  expect(sampleOf(makePosition({ lat: 900_000_001 }))).toMatchObject({ kind: "impossible" });
  expect(sampleOf(makePosition({ lon: -1_800_000_001 }))).toMatchObject({ kind: "impossible" });
  expect(sampleOf(makePosition({ lat: 0, lon: 1 }))).toMatchObject({ latDeg: 0, lngDeg: 1e-7 });
});

test("the heartbeat of an autopilot says mode and armed", () => {
  expect(sampleOf(makeHeartbeat())).toEqual({
    kind: "heartbeat",
    sysid: 1,
    compid: 1,
    isAutopilot: true,
    vehicleType: 2,
    autopilot: 3,
    armed: true,
    modeName: "GUIDED",
    customMode: 4,
    systemStatus: 4,
  });
  expect(sampleOf(makeHeartbeat({ baseMode: 81 }))).toMatchObject({ armed: false });
});

test("heartbeats of ground stations and other components are not those of a vehicle", () => {
  const notVehicles = [
    makeHeartbeat({ type: 6, autopilot: 8 }, { sysid: 255, compid: 190 }),
    makeHeartbeat({ type: 6 }),
    makeHeartbeat({ autopilot: 8 }),
    makeHeartbeat({ type: 26 }, { compid: 154 }),
    makeHeartbeat({ type: 30, autopilot: 8 }, { compid: 100 }),
    makeHeartbeat({ type: 27 }),
    makeHeartbeat({}, { compid: 2 }),
    makeHeartbeat({ type: 18 }, { compid: 191 }),
  ];
  for (const bytes of notVehicles) expect(sampleOf(bytes)).toMatchObject({ isAutopilot: false });
});

test("system id 0 is the broadcast address and says nothing of a vehicle", () => {
  expect(sampleOf(makeHeartbeat({}, { sysid: 0 }))).toBeUndefined();
});

test("the battery is in volts, amperes and per cent, each absent where unknown", () => {
  const statusOf = (millivolts: number, centiamps: number, percent: number) =>
    sampleOf(
      makeFrame({
        messageId: 1,
        crcExtra: 124,
        payload: payloadOf(
          ...Array.from({ length: 3 }, () => [0, 4] as const),
          [500, 2],
          [millivolts, 2],
          [centiamps, 2],
          ...Array.from({ length: 6 }, () => [0, 2] as const),
          [percent, 1],
        ),
      }),
    );
  const source = { kind: "systemStatus", sysid: 1, compid: 1 };
  expect(statusOf(12_600, 1_550, 87)).toEqual({
    ...source,
    batteryV: 12.6,
    batteryA: 15.5,
    batteryPercent: 87,
  });
  expect(statusOf(0xffff, 0xffff, 0xff)).toEqual(source);
});

test("the GNSS receiver says fix, satellites and accuracy where it knows them", () => {
  const gnssOf = (satellites: number, accuracyMm: number) =>
    sampleOf(
      makeFrame({
        messageId: 24,
        crcExtra: 24,
        payload: payloadOf(
          [0, 8],
          ...Array.from({ length: 3 }, () => [0, 4] as const),
          ...Array.from({ length: 4 }, () => [0, 2] as const),
          [3, 1],
          [satellites, 1],
          [0, 4],
          [accuracyMm, 4],
        ),
      }),
    );
  const source = { kind: "gnss", sysid: 1, compid: 1, fixType: 3 };
  expect(gnssOf(10, 1_200)).toEqual({ ...source, satellites: 10, horizontalAccuracyM: 1.2 });
  expect(gnssOf(255, 0)).toEqual(source);
});

test("the landed state is one of the words, and undefined for a number without one", () => {
  const landedOf = (state: number) =>
    sampleOf(makeFrame({ messageId: 245, crcExtra: 130, payload: [0, state] }));
  expect(landedOf(1)).toMatchObject({ kind: "landedState", landedState: "onGround" });
  expect(landedOf(2)).toMatchObject({ landedState: "inAir" });
  expect(landedOf(3)).toMatchObject({ landedState: "takeoff" });
  expect(landedOf(4)).toMatchObject({ landedState: "landing" });
  expect(landedOf(77)).toMatchObject({ landedState: "undefined" });
});

test("attitude is in degrees with the heading from 0 to 360; NaN is no attitude", () => {
  const attitudeOf = (roll: number, pitch: number, yaw: number) =>
    sampleOf(
      makeFrame({
        messageId: 30,
        crcExtra: 39,
        payload: payloadOf(
          [700, 4],
          [roll, 4, "float"],
          [pitch, 4, "float"],
          [yaw, 4, "float"],
          [0, 4],
          [0, 4],
          [0, 4],
        ),
      }),
    );
  const sample = attitudeOf(Math.PI / 6, -Math.PI / 4, -Math.PI / 2);
  expect(sample).toMatchObject({ kind: "attitude", timeBootMs: 700 });
  if (sample?.kind !== "attitude") return;
  expect(sample.rollDeg).toBeCloseTo(30, 4);
  expect(sample.pitchDeg).toBeCloseTo(-45, 4);
  expect(sample.yawDeg).toBeCloseTo(270, 4);
  expect(attitudeOf(0, 0, NaN)).toBeUndefined();
});

test("the vehicle's UTC time is absent until it knows it", () => {
  const timeOf = (unixUs: number) =>
    sampleOf(
      makeFrame({ messageId: 2, crcExtra: 137, payload: payloadOf([unixUs, 8], [9000, 4]) }),
    );
  const source = { kind: "systemTime", sysid: 1, compid: 1, timeBootMs: 9000 };
  expect(timeOf(0)).toEqual(source);
  expect(timeOf(1_795_363_290_150_618)).toEqual({ ...source, vehicleUnixMs: 1_795_363_290_150 });
});

test("a status text ends at its first NUL", () => {
  const payload = [2, ...new TextEncoder().encode("PreArm: x"), 0, 65];
  expect(sampleOf(makeFrame({ messageId: 253, crcExtra: 83, payload }))).toEqual({
    kind: "statusText",
    sysid: 1,
    compid: 1,
    severity: 2,
    text: "PreArm: x",
  });
});

test("home is a place with its height above mean sea level", () => {
  const payload = payloadOf([222_607_000, 4], [1_141_296_000, 4], [3_090, 4], [1, 4]);
  expect(sampleOf(makeFrame({ messageId: 242, crcExtra: 104, payload }))).toEqual({
    kind: "home",
    sysid: 1,
    compid: 1,
    latDeg: 22.2607,
    lngDeg: 114.1296,
    altitudeAmslM: 3.09,
  });
});

test("messages that nothing is judged by make no sample", () => {
  const ping = makeFrame({ messageId: 111, crcExtra: 34, payload: [1] });
  expect(sampleOf(ping)).toBeUndefined();
});

test("a chunk of a longer text has its number, its bytes and whether it is the last", () => {
  const text = "x".repeat(50);
  const chunk = (chars: string, index: number) => [
    ...[4, ...new TextEncoder().encode(chars.padEnd(50, "\0"))],
    ...[0x34, 0x12, index],
  ];
  expect(
    sampleOf(makeFrame({ messageId: 253, crcExtra: 83, payload: chunk(text, 1) })),
  ).toMatchObject({
    text,
    chunk: { id: 0x1234, index: 1, isLast: false, bytes: new TextEncoder().encode(text) },
  });
  expect(
    sampleOf(makeFrame({ messageId: 253, crcExtra: 83, payload: chunk("end", 2) })),
  ).toMatchObject({ chunk: { index: 2, isLast: true, bytes: new TextEncoder().encode("end") } });
});
