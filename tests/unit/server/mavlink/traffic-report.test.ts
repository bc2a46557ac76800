import { expect, test } from "vitest";
import { plainLineOf } from "../../../../contract/wire/plain-text.ts";
import type { Sample } from "../../../../server/domain/flight/sample.ts";
import { scanDatagram } from "../../../../server/mavlink/frame-scanner.ts";
import { toSample } from "../../../../server/mavlink/to-sample.ts";
import { makeFrame } from "../../../support/mavlink-frames.ts";

type Entry = readonly [offset: number, bytes: 1 | 2 | 4, value: number];

/** A frame with these little-endian integers and texts at their offsets in the payload. */
function sampleOf(
  message: { readonly messageId: number; readonly crcExtra: number; readonly length: number },
  integers: readonly Entry[],
  texts: readonly (readonly [number, string])[],
): Sample | undefined {
  const payload = new Uint8Array(message.length);
  const view = new DataView(payload.buffer);
  for (const [offset, bytes, value] of integers) {
    if (bytes === 4) view.setInt32(offset, value, true);
    else if (bytes === 2) view.setUint16(offset, value, true);
    else view.setUint8(offset, value);
  }
  for (const [offset, text] of texts) payload.set(new TextEncoder().encode(text), offset);
  const samples: (Sample | undefined)[] = [];
  const bytes = makeFrame({ ...message, compid: 156, payload: [...payload] });
  scanDatagram(bytes, (frame) => samples.push(toSample(frame)));
  expect(samples).toHaveLength(1);
  return samples[0];
}

const adsb = { messageId: 246, crcExtra: 184, length: 38 };
const everyAdsbFlag = 1 | 2 | 4 | 8 | 16 | 32 | 128;

function aircraft(flags: number, altitudeType = 0, more: readonly Entry[] = []) {
  return sampleOf(
    adsb,
    [
      [0, 4, 0x78_0a_1b],
      [4, 4, 223_000_000],
      [8, 4, 1_141_000_000],
      [12, 4, 609_600],
      [16, 2, 35_999],
      [18, 2, 6_150],
      [20, 2, 0x1_0000 - 250],
      [22, 2, flags],
      [24, 2, 21],
      [26, 1, altitudeType],
      [36, 1, 7],
      [37, 1, 3],
      ...more,
    ],
    [[27, "GFS21   "]],
  );
}

test("an aircraft has its place, heights by their datum, course, climb, callsign and age", () => {
  expect(aircraft(everyAdsbFlag)).toEqual({
    kind: "aircraft",
    sysid: 1,
    compid: 156,
    icaoAddress: 0x78_0a_1b,
    latDeg: 22.3,
    lngDeg: 114.1,
    ageMs: 3_000,
    altitudeQnhM: 609.6,
    courseDeg: 359.99,
    groundSpeedMps: 61.5,
    climbMps: -2.5,
    callsign: "GFS21",
    squawk: "0021",
    emitterType: 7,
    isSimulated: false,
  });
  expect(aircraft(1 | 2, 1)).toMatchObject({ altitudeGnssM: 609.6 });
  expect(aircraft(1 | 2, 1)).not.toHaveProperty("altitudeQnhM");
  expect(aircraft(1 | 2, 9)).toMatchObject({ altitudeUnknownDatumM: 609.6 });
});

test("what an aircraft's flags call invalid is absent; without coordinates there is none", () => {
  expect(aircraft(1 | 64)).toEqual({
    kind: "aircraft",
    sysid: 1,
    compid: 156,
    icaoAddress: 0x78_0a_1b,
    latDeg: 22.3,
    lngDeg: 114.1,
    ageMs: 3_000,
    emitterType: 7,
    isSimulated: true,
  });
  expect(aircraft(everyAdsbFlag & ~1)).toBeUndefined();
});

const ais = { messageId: 301, crcExtra: 243, length: 58 };

function vessel(flags: number, headingCdeg: number, lat = 222_500_000) {
  return sampleOf(
    ais,
    [
      [0, 4, 477_123_400],
      [4, 4, lat],
      [8, 4, 1_141_200_000],
      [12, 2, 36_000],
      [14, 2, headingCdeg],
      [16, 2, 512],
      [18, 2, 20],
      [20, 2, 15],
      [22, 2, 120],
      [24, 2, flags],
      [27, 1, 5],
      [28, 1, 60],
      [29, 1, 4],
      [30, 1, 5],
    ],
    [
      [31, "VRXY1@@"],
      [38, "SUN FERRY VII@@@@@@@"],
    ],
  );
}

test("a ship has its place, course, heading, size, names and age", () => {
  expect(vessel(2 | 4 | 64 | 2048 | 4096, 9_000)).toEqual({
    kind: "vessel",
    sysid: 1,
    compid: 156,
    mmsi: 477_123_400,
    latDeg: 22.25,
    lngDeg: 114.12,
    ageMs: 120_000,
    courseDeg: 0,
    headingDeg: 90,
    groundSpeedMps: 5.12,
    lengthM: 35,
    beamM: 9,
    callsign: "VRXY1",
    name: "SUN FERRY VII",
    vesselType: 60,
    navigationalStatus: 5,
  });
});

test("what a ship does not know is absent, and a ship without a place is none", () => {
  const bare = vessel(0, 51_100);
  expect(bare).not.toHaveProperty("headingDeg");
  expect(bare).not.toHaveProperty("courseDeg");
  expect(bare).not.toHaveProperty("name");
  expect(bare).not.toHaveProperty("lengthM");
  expect(vessel(0, 0, 910_000_000)).toBeUndefined();
});

test("callsigns and names are told without control characters and marks of direction", () => {
  const report = sampleOf(
    adsb,
    [
      [4, 4, 223_000_000],
      [8, 4, 1_141_000_000],
      [22, 2, 17],
    ],
    [[27, "CP\u0001A\u001b1"]],
  );
  expect(report).toMatchObject({ kind: "aircraft", callsign: "CPA1" });
  expect(plainLineOf("A\u202Eb\tc\u0000\u007f")).toBe("Ab c");
});
