// A flight to look at again: its bytes, its track with gaps as gaps, and its time line.
import { expect, test } from "vitest";
import type { FlightRecord } from "../../../server/domain/flight/flight-record.ts";
import { flightAfter } from "../../../server/domain/flight/flight-record.ts";
import type { TrackPoint } from "../../../server/logs/record-track.ts";
import {
  columnsOf,
  flightEvents,
  flightLog,
  flightTrack,
  type ReplayPorts,
} from "../../../server/replay-flow.ts";
import { armedAtMs, condition, landed, sealed, started } from "../../support/journal-entries.ts";

const point = (afterArmingMs: number, change: Partial<TrackPoint> = {}): TrackPoint => ({
  stampUs: (armedAtMs + afterArmingMs) * 1_000,
  timeBootMs: 1_000 + afterArmingMs,
  latDeg: 22.26,
  lngDeg: 114.13,
  altitudeAmslM: 20,
  altitudeAboveHomeM: 17,
  groundSpeedMps: 5,
  climbMps: 0,
  armed: afterArmingMs >= 0 && afterArmingMs < 60_000,
  modeName: "GUIDED",
  ...change,
});

const ports: ReplayPorts = {
  recordBytes: async () => 10_000,
  // One row a second, 10 bytes each, from 100 s before arming.
  index: async () =>
    Array.from({ length: 300 }, (_, row) => ({
      stampUs: (armedAtMs - 100_000 + row * 1_000) * 1_000,
      byteOffset: row * 10,
    })),
  track: async (_sessionId, fromUs, toUs) =>
    [
      point(-61_000),
      point(-60_000),
      point(0, { modeName: "AUTO" }),
      point(59_000),
      point(60_000),
      point(89_000),
      point(90_000),
    ].filter(({ stampUs }) => stampUs >= fromUs && stampUs < toUs),
  texts: async () => [{ stampUs: (armedAtMs + 500) * 1_000, severity: 6, text: "Arming motors" }],
};

function flownTo(...events: Parameters<typeof flightAfter>[1][]): FlightRecord {
  const record = [started, ...events].reduce<FlightRecord | undefined>(
    (before, event) => flightAfter(before, event, armedAtMs, false),
    undefined,
  );
  if (record === undefined) throw new Error("A started flight is a flight.");
  return record;
}

test("a landed flight's log runs from 60 s before arming to 30 s after disarming", async () => {
  expect(await flightLog(ports, flownTo(landed))).toEqual({ fromByte: 400, toByte: 1_900 });
});

test("a flight that still flies has its log up to now", async () => {
  expect(await flightLog(ports, flownTo())).toEqual({ fromByte: 400, toByte: 10_000 });
});

test("a sealed flight's log is exactly what the seal covers", async () => {
  const record = flownTo(landed, sealed("flt_1", "a".repeat(64)));
  expect(await flightLog(ports, record)).toEqual({ fromByte: 100, toByte: 400 });
});

test("where the record is gone there is no log, no track and no time line", async () => {
  const gone = { ...ports, recordBytes: async () => undefined };
  expect(await flightLog(gone, flownTo(landed))).toBeUndefined();
  expect(await flightTrack(gone, flownTo(landed))).toBeUndefined();
  expect(await flightEvents(gone, flownTo(landed), [])).toBeUndefined();
});

test("a track holds the flight's own time, half-open, and its gaps", async () => {
  const track = await flightTrack(ports, flownTo(landed));
  const fromArming = track?.timeMs.map((timeMs) => timeMs - armedAtMs);
  expect(fromArming).toEqual([-60_000, 0, 59_000, 60_000, 89_000]);
  expect(track?.gaps.map(({ fromMs, toMs }) => [fromMs - armedAtMs, toMs - armedAtMs])).toEqual([
    [-60_000, 0],
    [0, 59_000],
    [60_000, 89_000],
  ]);
});

test("two seconds between positions are no gap, a millisecond more is", () => {
  expect(columnsOf([point(0), point(2_000)]).gaps).toEqual([]);
  expect(columnsOf([point(0), point(2_001)]).gaps).toHaveLength(1);
});

test("columns are of equal length, and an unknown heading is null", () => {
  const columns = columnsOf([point(0, { headingDeg: 0 }), point(100)]);
  expect(columns.headingDeg).toEqual([0, null]);
  for (const column of [columns.timeMs, columns.latDeg, columns.modeName, columns.climbMps]) {
    expect(column).toHaveLength(2);
  }
});

test("the time line has arming, modes, texts and alarms in order of time", async () => {
  const events = await flightEvents(ports, flownTo(landed), [condition]);
  expect(events?.map(({ kind, atMs }) => [kind, atMs - armedAtMs])).toEqual([
    ["mode", -60_000],
    ["armed", 0],
    ["mode", 0],
    ["text", 500],
    ["alarm", 20_000],
    ["mode", 59_000],
    ["disarmed", 60_000],
  ]);
});
