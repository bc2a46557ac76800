import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inspectTlog } from "../../../../server/logs/inspect-tlog.ts";
import { tlogRecord } from "../../../../server/mavlink/tlog.ts";
import { flightPath, flightsAvailable, readFlight, readTruth } from "../../../support/flights.ts";
import {
  concatBytes,
  makeFrame,
  makeHeartbeat,
  makePosition,
} from "../../../support/mavlink-frames.ts";

const startUs = 1_795_363_290_150_618;
const startMs = 1_795_363_290_150;

/** A tlog of frames, each so many seconds after the start. */
function tlogOf(...records: readonly (readonly [number, Uint8Array])[]): Uint8Array {
  return concatBytes(...records.map(([s, frame]) => tlogRecord(startUs + s * 1_000_000, frame)));
}

function heartbeatOf(sysid: number, sequence: number): Uint8Array {
  return makeHeartbeat({}, { sysid, sequence });
}

test("a small log is described to the last name", () => {
  const position = makePosition({}, { sequence: 1 });
  const log = tlogOf([0, heartbeatOf(1, 0)], [1, position], [1.5, makeHeartbeat({ type: 6 })]);
  expect(inspectTlog(log)).toEqual({
    format: "tlog",
    bytes: log.length,
    frames: 3,
    badSpans: 0,
    messages: { GLOBAL_POSITION_INT: 1, HEARTBEAT: 2 },
    systems: [{ sysid: 1, compid: 1, frames: 3, position: inspectTlog(log).position }],
    startMs,
    endMs: startMs + 1500,
    clock: "receipt",
    gaps: [],
    position: {
      count: 1,
      first: placeOf(33, 30),
      last: placeOf(33, 30),
      min: placeOf(33, 30),
      max: placeOf(33, 30),
    },
    signed: { frames: 0 },
    warnings: [],
  });
});

function placeOf(altitudeAmslM: number, altitudeAboveHomeM: number) {
  return { latDeg: 22.2607, lngDeg: 114.1296, altitudeAmslM, altitudeAboveHomeM };
}

test("more than two seconds without the autopilot is a gap that other systems do not fill", () => {
  const station = makeHeartbeat({ type: 6, autopilot: 8 }, { sysid: 255, compid: 190 });
  const log = tlogOf(
    [0, heartbeatOf(1, 0)],
    [2, heartbeatOf(1, 1)],
    [3, station],
    [4.1, heartbeatOf(1, 2)],
    [9, station],
  );
  const { gaps, systems } = inspectTlog(log);
  expect(gaps).toEqual([{ sysid: 1, compid: 1, fromMs: startMs + 2000, toMs: startMs + 4100 }]);
  expect(systems.map(({ sysid, frames }) => [sysid, frames])).toEqual([
    [1, 3],
    [255, 2],
  ]);
});

test("of several autopilots each has its position and the log has none", () => {
  const log = tlogOf(
    [0, heartbeatOf(1, 0)],
    [0, heartbeatOf(2, 0)],
    [1, makePosition({}, { sequence: 1 })],
    [1, makePosition({ altMm: 50_000 }, { sysid: 2, sequence: 1 })],
  );
  const { position, systems } = inspectTlog(log);
  expect(position).toBeNull();
  expect(systems.map((system) => system.position?.last.altitudeAmslM)).toEqual([33, 50]);
});

test("stamps before 2010 have no date: times count from the start of the log", () => {
  const stamps = [5_000_000, 6_000_000, 9_500_000];
  const log = concatBytes(...stamps.map((stamp, i) => tlogRecord(stamp, heartbeatOf(1, i))));
  expect(inspectTlog(log)).toMatchObject({
    clock: "unknown",
    startMs: null,
    endMs: null,
    gaps: [{ sysid: 1, compid: 1, fromMs: 1000, toMs: 4500 }],
  });
});

test("damage, a cut tail, lost frames and unknown messages are warned of", () => {
  const unknown = makeFrame({ messageId: 9_999_999, crcExtra: 0, payload: [1], sequence: 3 });
  const whole = tlogOf([0, heartbeatOf(1, 0)], [1, unknown], [2, heartbeatOf(1, 4)]);
  const log = concatBytes(whole, new Uint8Array([1, 2, 3]), whole, whole.subarray(0, 10));
  const { frames, badSpans, messages, warnings } = inspectTlog(log);
  expect({ frames, badSpans }).toEqual({ frames: 6, badSpans: 2 });
  expect(messages).toEqual({ HEARTBEAT: 4, UNKNOWN_9999999: 2 });
  expect(warnings).toEqual([
    { kind: "unknownMessage", count: 2, firstAtMs: startMs + 1000 },
    { kind: "sequenceGap", count: 4, firstAtMs: startMs + 1000 },
    { kind: "stampBackwards", count: 1, firstAtMs: startMs },
    { kind: "badSpan", count: 2, firstAtMs: startMs },
    { kind: "cutTail", count: 1, firstAtMs: startMs + 2000 },
  ]);
});

test("a stamp that cannot be right does not make the log years long", () => {
  const odd = tlogRecord(2 ** 52, heartbeatOf(1, 1));
  const log = concatBytes(tlogOf([0, heartbeatOf(1, 0)]), odd, tlogOf([1, heartbeatOf(1, 2)]));
  expect(inspectTlog(log)).toMatchObject({ frames: 3, startMs, endMs: startMs + 1000, gaps: [] });
});

test("bytes without a frame have no times and no systems", () => {
  expect(inspectTlog(new TextEncoder().encode("no tlog at all"))).toMatchObject({
    frames: 0,
    badSpans: 1,
    startMs: null,
    endMs: null,
    clock: "unknown",
    systems: [],
    position: null,
  });
});

test("a key that is no key is refused", () => {
  expect(() => inspectTlog(tlogOf(), { keyHex: "abc" })).toThrow("64 hexadecimal digits");
});

// Skipped where the recorded flights are absent: they are not in the repository.
const flightTest = test.skipIf(!flightsAvailable);
const flights = ["a_normal", "b_fence", "c_three", "d_signed", "e_mavlink1"];

flightTest.each(flights)("%s: counts, times and positions are those stated", (name) => {
  const truth = readTruth(name);
  const log = inspectTlog(readFlight(`${name}.tlog`));
  const counts: Record<string, number> = {};
  for (const system of truth.systems) {
    for (const [message, count] of Object.entries(system.counts)) {
      counts[message] = (counts[message] ?? 0) + count;
    }
  }
  expect(log).toMatchObject({ frames: truth.frames, badSpans: 0, clock: "receipt", gaps: [] });
  expect(log.messages).toEqual(counts);
  expect(log.startMs).toBe(Math.floor(truth.first_ts_us / 1000));
  expect(log.endMs).toBe(Math.floor(truth.last_ts_us / 1000));
  const back = log.warnings.find(({ kind }) => kind === "stampBackwards");
  expect(back?.count ?? 0).toBe(truth.timestamps_going_back);
  for (const { sysid, compid, frames, global_position_int: stated } of truth.systems) {
    const found = log.systems.find((system) => system.sysid === sysid && system.compid === compid);
    expect(found).toMatchObject({
      frames,
      position: stated
        ? {
            count: stated.count - stated.count_with_lat_lon_zero,
            first: {
              latDeg: stated.first_nonzero.lat / 1e7,
              altitudeAmslM: stated.first_nonzero.alt / 1000,
            },
            last: { lngDeg: stated.last.lon / 1e7, altitudeAmslM: stated.last.alt / 1000 },
            min: { altitudeAboveHomeM: stated.relative_alt_mm_min / 1000 },
            max: { altitudeAboveHomeM: stated.relative_alt_mm_max / 1000 },
          }
        : null,
    });
  }
});

flightTest("d_signed: with the key all 14,401 signatures are verified, without it none is", () => {
  const bytes = readFlight("d_signed.tlog");
  const keyHex = readFileSync(flightPath("d_signed.key.hex"), "utf8");
  const { signed, warnings } = inspectTlog(bytes, { keyHex });
  expect(signed).toEqual({ frames: 14_401, verified: 14_401, refused: 0 });
  expect(warnings).toMatchObject([{ kind: "signingKeyInFile", count: 1 }]);
  expect(inspectTlog(bytes).signed).toEqual({ frames: 14_401 });
  const wrong = inspectTlog(bytes, { keyHex: "00".repeat(32) });
  expect(wrong.signed).toEqual({ frames: 14_401, verified: 0, refused: 14_401 });
});
