// Senders that boot, move and double without end: sessions stay few, true reboots are followed.
import { expect, test } from "vitest";
import { rebootsMax, rebootSpanMs } from "../../../../server/domain/flight/reboot-pace.ts";
import { leftLinkSilenceMsMax } from "../../../../server/telemetry/vehicle-session.ts";
import { flightsAvailable } from "../../../support/flights.ts";
import { madeFlight, madeStartMs } from "../../../support/made-flight.ts";
import { makeHeartbeat, makePosition } from "../../../support/mavlink-frames.ts";
import { heardInPcap, link, TelemetryRun } from "../../../support/telemetry-run.ts";
import { watchPlan } from "../../../support/watch-plan.ts";

const startUs = Date.UTC(2026, 10, 22, 2) * 1_000;
const disarmed = 89;
const standby = makeHeartbeat({ baseMode: disarmed, systemStatus: 3 });
const booting = makeHeartbeat({ baseMode: disarmed, systemStatus: 1 });

function run(): TelemetryRun {
  return new TelemetryRun(watchPlan([]));
}

test("two thousand heartbeats that boot again and again open no more sessions than allowed", () => {
  const storm = run();
  const datagrams = Array.from({ length: 2_000 }, (_, n) => ({
    stampUs: startUs + n * 1_000,
    port: 5_000,
    bytes: n % 2 === 0 ? standby : booting,
  }));
  storm.hear(datagrams);
  // Two seconds hold two reboots a second apart.
  expect(storm.events("sessionOpened")).toHaveLength(3);
  expect([...storm.flow.links()].map(({ rebootsRefused }) => rebootsRefused)).toEqual([998]);
  expect(storm.log.lines).toEqual([
    "warn A vehicle says again and again that it boots; it is not followed.",
  ]);
});

test("a storm that lasts is held to so many sessions a minute", () => {
  const storm = run();
  const seconds = 600;
  const datagrams = Array.from({ length: seconds * 2 }, (_, n) => ({
    stampUs: startUs + n * 500_000,
    port: 5_000,
    bytes: n % 2 === 0 ? standby : booting,
  }));
  storm.hear(datagrams);
  const allowed = (rebootsMax * seconds * 1_000) / rebootSpanMs;
  expect(storm.events("sessionOpened").length).toBeLessThanOrEqual(allowed + 1);
  expect(storm.events("sessionOpened").length).toBeGreaterThan(allowed / 2);
});

test("a position that no drone can have is counted with its link and moves nothing", () => {
  const flown = run();
  const hear = (stampUs: number, bytes: Uint8Array): void =>
    flown.hear([{ stampUs, port: 5_000, bytes }]);
  hear(startUs, standby);
  hear(startUs + 100_000, makePosition({ timeBootMs: 1_000 }));
  hear(startUs + 200_000, makePosition({ timeBootMs: 1_100, lat: 900_000_001 }));
  hear(startUs + 300_000, makePosition({ timeBootMs: 1_200, altMm: 2_000_000_000 }));
  const [link] = flown.flow.links();
  expect([link?.positionsRefused, link?.tally.frames]).toEqual([2, 4]);
  const [session] = flown.flow.sessions();
  expect(session?.track.position).toMatchObject({ timeBootMs: 1_000, altitudeAmslM: 33 });
});

// Skipped where the recorded flights are absent: tests/support/flights.ts says so.
test.skipIf(!flightsAvailable)("a true reboot is followed: two sessions, two flights", () => {
  const { datagrams } = heardInPcap("i_reboot.pcap");
  const flown = run();
  flown.hear(datagrams);
  expect(flown.events("sessionOpened")).toHaveLength(2);
  expect(flown.events("sessionClosed").map(({ reason }) => reason)).toEqual(["rebooted"]);
  expect(flown.events("flightStarted")).toHaveLength(2);
  expect([...flown.flow.links()].every(({ rebootsRefused }) => rebootsRefused === 0)).toBe(true);
});

test("a drone that moves from address to address holds few of them, in one session", () => {
  const moving = run();
  const moves = 1_500;
  for (let n = 0; n < moves; n++) {
    const atUs = startUs + n * 4_000_000;
    // It comes back by another port: heard there twice, so that the first address is silent.
    const here = [0, 1_000_000].map((later) => ({
      stampUs: atUs + 2_000_000 + later,
      port: 10_000 + n,
      bytes: standby,
    }));
    moving.hear(here);
  }
  const [session] = [...moving.flow.sessions()];
  expect([...moving.flow.sessions()]).toHaveLength(1);
  expect(session?.links.size).toBeLessThanOrEqual(leftLinkSilenceMsMax / 4_000 + 2);
  expect(session?.link?.address.port).toBe(10_000 + moves - 1);
  expect([...moving.flow.links()].length).toBeLessThan(200);
});

test("one address that sends to two listeners is two senders with a name each", () => {
  const twins = run();
  const second = { ...link(6_000), listener: "127.0.0.1:14551" };
  const third = { ...link(6_000), listener: "127.0.0.1:14552" };
  for (let n = 0; n < 6; n++) {
    const atUs = startUs + n * 1_000_000;
    twins.tickUntil(atUs);
    for (const [index, from] of [link(5_000), second, third].entries()) {
      // Three drones: the same frames would be one drone, heard by three ways.
      const bytes = makeHeartbeat({ baseMode: disarmed, systemStatus: 3, customMode: index });
      twins.flow.onDatagram(bytes, from, atUs);
    }
  }
  const keys = [...twins.flow.sessions()].map(({ vehicleKey }) => vehicleKey);
  expect(keys).toEqual([
    "sysid-1",
    "sysid-1@127.0.0.1:6000@127.0.0.1:14551",
    "sysid-1@127.0.0.1:6000@127.0.0.1:14552",
  ]);
});

test("two drones on one system id keep their own sessions through a restart of ours", () => {
  const twinKey = "sysid-1@127.0.0.1:6000@127.0.0.1:14550";
  const twins = run();
  const resumed = (vehicleKey: string, sessionId: string, bootMs: number, isTwin: boolean) => ({
    identity: { sessionId, vehicleKey, sysid: 1, compid: 1, startMs: madeStartMs },
    isTwin,
    record: twins.record(sessionId),
    lastHeardAtMs: madeStartMs,
    lastPosition: undefined,
    clock: {
      offsetMs: madeStartMs - bootMs,
      offsetAtMs: madeStartMs,
      newestBootMs: bootMs,
      newestPositionBootMs: bootMs,
      back: null,
    },
    flight: undefined,
    alarms: [],
  });
  twins.flow.resume(
    [resumed("sysid-1", "ses_first", 500_000, false), resumed(twinKey, "ses_twin", 10_000, true)],
    madeStartMs * 1_000,
  );
  // The twin is heard first.
  const heard = [
    ...madeFlight(madeStartMs + 1_000, 8, { port: 5_000, bootMs: 501_000 }),
    ...madeFlight(madeStartMs + 900, 8, { port: 6_000, bootMs: 10_900 }),
  ];
  twins.hear(heard.sort((a, b) => a.stampUs - b.stampUs));
  const ports = [...twins.flow.sessions()].map((one) => [one.sessionId, one.link?.address.port]);
  expect(ports).toEqual([
    ["ses_first", 5_000],
    ["ses_twin", 6_000],
  ]);
  expect(twins.events("sessionOpened")).toEqual([]);
  expect(twins.events("sessionClosed")).toEqual([]);
});

test("a drone that sends nothing but heartbeats is one vehicle by three links", () => {
  const routed = run();
  for (let n = 0; n < 16; n++) {
    const bytes = makeHeartbeat({ baseMode: disarmed, systemStatus: 3 }, { sequence: n });
    const ports = n < 8 ? [5_000] : [5_000, 6_000, 7_000];
    routed.hear(ports.map((port) => ({ stampUs: startUs + n * 1_000_000, port, bytes })));
  }
  expect([...routed.flow.sessions()].map(({ isAmbiguous }) => isAmbiguous)).toEqual([false]);
  expect(routed.alarms()).toEqual([]);
});
