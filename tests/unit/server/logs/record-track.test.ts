import { expect, test } from "vitest";
import { createTrackReducer, readTrack } from "../../../../server/logs/record-track.ts";
import { tlogRecord, walkTlog } from "../../../../server/mavlink/tlog.ts";
import { flightsAvailable, readFlight, readTruth } from "../../../support/flights.ts";
import { concatBytes, makeHeartbeat, makePosition } from "../../../support/mavlink-frames.ts";

const startUs = 1_795_363_290_150_618;

function trackOf(tlog: Uint8Array, sysid = 1): Uint8Array {
  const reducer = createTrackReducer(sysid, 1);
  const rows: Uint8Array[] = [];
  walkTlog(tlog, ({ stampUs, frame, start }) => {
    const row = reducer.push(stampUs, frame, start);
    if (row) rows.push(row);
  });
  return new Uint8Array(Buffer.concat(rows));
}

function tlogOf(...frames: readonly Uint8Array[]): Uint8Array {
  return concatBytes(...frames.map((frame, i) => tlogRecord(startUs + i * 1_000_000, frame)));
}

const position = makePosition({ timeBootMs: 7000, vx: 300, vy: 400, vz: -150, hdg: 27_050 });

test("a point holds position, heights, speeds and what the last heartbeat said", () => {
  expect(readTrack(trackOf(tlogOf(makeHeartbeat(), position)))).toEqual([
    {
      stampUs: startUs + 1_000_000,
      timeBootMs: 7000,
      latDeg: 22.2607,
      lngDeg: 114.1296,
      altitudeAmslM: 33,
      altitudeAboveHomeM: 30,
      groundSpeedMps: 5,
      climbMps: 1.5,
      headingDeg: 270.5,
      armed: true,
      modeName: "GUIDED",
    },
  ]);
});

test("what is not known is absent: the mode before a heartbeat, the heading, 0/0", () => {
  const bytes = trackOf(tlogOf(makePosition({ lat: 0, lon: 0 }), makePosition({ hdg: 0xffff })));
  const track = readTrack(bytes);
  expect(track).toHaveLength(1);
  expect(track[0]).toMatchObject({ armed: false, stampUs: startUs + 1_000_000 });
  expect(track[0]).not.toHaveProperty("headingDeg");
  expect(track[0]).not.toHaveProperty("modeName");
});

test("other systems and components make no points and change no mode", () => {
  const others = [
    makePosition({}, { sysid: 2 }),
    makePosition({}, { compid: 191 }),
    makeHeartbeat({ customMode: 6 }, { compid: 191 }),
    makeHeartbeat({ customMode: 6 }, { sysid: 2 }),
  ];
  const track = readTrack(trackOf(tlogOf(makeHeartbeat(), ...others, position)));
  expect(track.map(({ modeName }) => modeName)).toEqual(["GUIDED"]);
});

test("a row that was cut short is left out, and an empty file has no points", () => {
  const bytes = trackOf(tlogOf(position, position));
  expect(bytes.length).toBe(8 + 2 * 44);
  expect(readTrack(bytes.subarray(0, bytes.length - 1))).toHaveLength(1);
  expect(readTrack(new Uint8Array(0))).toEqual([]);
});

test("a file of another kind or version is refused", () => {
  const bytes = trackOf(tlogOf(position));
  const nextVersion = Uint8Array.from(bytes, (byte, i) => (i === 4 ? 2 : byte));
  expect(() => readTrack(nextVersion)).toThrow("track version 1 expected, 2 found");
  expect(() => readTrack(new Uint8Array(100))).toThrow("no track file");
});

// Skipped where the recorded flights are absent: they are not in the repository.
test.skipIf(!flightsAvailable)("flight c has one track a vehicle, as the recording states", () => {
  const tlog = readFlight("c_three.tlog");
  for (const { sysid, global_position_int: stated } of readTruth("c_three").systems) {
    const track = readTrack(trackOf(tlog, sysid));
    expect(track.length).toBe(stated ? stated.count - stated.count_with_lat_lon_zero : 0);
    if (!stated) continue;
    expect(track.at(0)).toMatchObject({ timeBootMs: stated.first_nonzero.time_boot_ms });
    expect(track.at(-1)).toMatchObject({
      timeBootMs: stated.last.time_boot_ms,
      latDeg: stated.last.lat / 1e7,
      lngDeg: stated.last.lon / 1e7,
      altitudeAmslM: stated.last.alt / 1000,
      altitudeAboveHomeM: stated.last.relative_alt / 1000,
      armed: false,
      modeName: "RTL",
    });
    const highestM = Math.max(...track.map(({ altitudeAboveHomeM }) => altitudeAboveHomeM));
    expect(highestM).toBe(stated.relative_alt_mm_max / 1000);
  }
});
