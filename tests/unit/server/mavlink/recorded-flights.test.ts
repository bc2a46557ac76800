// The decoder on what a real ArduCopter sent: facts of the recordings, counted by pymavlink.
import { expect, test } from "vitest";
import { emptyTally, scanDatagram } from "../../../../server/mavlink/frame-scanner.ts";
import type { FrameTally } from "../../../../server/domain/flight/frame-tally.ts";
import { toSample } from "../../../../server/mavlink/to-sample.ts";
import { walkTlog } from "../../../../server/mavlink/tlog.ts";
import { flightPath, flightsAvailable, readFlight, readTruth } from "../../../support/flights.ts";
import { readPcap } from "../../../support/pcap.ts";

const tlogs = ["a_normal", "b_fence", "c_three", "d_signed", "e_mavlink1"];

// Skipped where the recorded flights are absent: they are not in the repository.
const flightTest = test.skipIf(!flightsAvailable);

flightTest(
  "flight a: 22,789 datagrams from the vehicle, 9 plain text, the rest one frame each",
  () => {
    const datagrams = readPcap(flightPath("a_normal.pcap"));
    const fromVehicle = datagrams.filter(({ destinationPort }) => destinationPort === 14_600);
    expect(datagrams.length).toBe(23_042);
    expect(fromVehicle.length).toBe(22_789);
    const tallies = fromVehicle.map(({ payload }) => scanDatagram(payload, () => {}));
    const silent = tallies.filter(({ frames }) => frames === 0);
    expect(tallies.filter(({ frames }) => frames === 1).length).toBe(22_780);
    expect(silent.map(({ dropped }) => dropped)).toEqual(
      Array(9).fill({ ...emptyTally().dropped, notMavlink: 1 }),
    );
  },
);

flightTest("flight c: three vehicles on one port, none of their frames lost", () => {
  const perSysid = new Map<number, number>();
  const sequences = new Map<number, number>();
  let lost = 0;
  const tally: FrameTally = emptyTally();
  for (const { payload } of readPcap(flightPath("c_three.pcap"))) {
    scanDatagram(
      payload,
      ({ sysid, sequence }) => {
        perSysid.set(sysid, (perSysid.get(sysid) ?? 0) + 1);
        const expected = sequences.get(sysid) ?? sequence;
        if (sysid !== 255 && sequence !== expected) lost += 1;
        sequences.set(sysid, (sequence + 1) & 0xff);
      },
      tally,
    );
  }
  expect(Object.fromEntries(perSysid)).toEqual({ 1: 10_440, 2: 10_430, 3: 10_440, 255: 723 });
  expect(lost).toBe(0);
  expect(tally.dropped).toEqual({ ...emptyTally().dropped, notMavlink: 27 });
});

flightTest.each(tlogs)("%s: every message counts as the recording states", (name) => {
  const counts: Record<string, Record<string, number>> = {};
  const tally = walkTlog(readFlight(`${name}.tlog`), ({ frame }) => {
    const system = (counts[`${frame.sysid}/${frame.compid}`] ??= {});
    const message = frame.definition?.name ?? "";
    system[message] = (system[message] ?? 0) + 1;
  });
  const truth = readTruth(name);
  expect(tally).toEqual({ frames: truth.frames, badSpans: 0, cutTailBytes: 0 });
  const stated = truth.systems.map(({ sysid, compid, counts }) => [`${sysid}/${compid}`, counts]);
  expect(counts).toEqual(Object.fromEntries(stated));
});

flightTest.each(tlogs)("%s: modes and arming come at the stated times", (name) => {
  const truth = readTruth(name);
  for (const system of truth.systems) {
    if (!system.modes_by_heartbeat) continue;
    const modes: [number, string][] = [];
    const armed: boolean[] = [];
    walkTlog(readFlight(`${name}.tlog`), ({ stampUs, frame }) => {
      if (frame.sysid !== system.sysid || frame.compid !== system.compid) return;
      const sample = toSample(frame);
      if (sample?.kind !== "heartbeat") return;
      const seconds = Math.round((stampUs - truth.first_ts_us) / 1000) / 1000;
      expect(sample.isAutopilot).toBe(true);
      if (modes.at(-1)?.[1] !== sample.modeName) modes.push([seconds, sample.modeName]);
      if (armed.at(-1) !== sample.armed) armed.push(sample.armed);
    });
    expect(modes).toEqual(system.modes_by_heartbeat);
    expect(armed).toEqual([false, true, false]);
  }
});

flightTest.each(tlogs)("%s: 0/0 positions before the fix are no samples", (name) => {
  for (const { sysid, global_position_int: stated } of readTruth(name).systems) {
    if (!stated) continue;
    const latitudes: number[] = [];
    walkTlog(readFlight(`${name}.tlog`), ({ frame }) => {
      const sample = frame.sysid === sysid ? toSample(frame) : undefined;
      if (sample?.kind === "position") latitudes.push(sample.latDeg);
    });
    expect(latitudes.length).toBe(stated.count - stated.count_with_lat_lon_zero);
    expect(Math.min(...latitudes)).toBe(stated.lat_min / 1e7);
    expect(Math.max(...latitudes)).toBe(stated.lat_max / 1e7);
  }
});
