// Who is who on the wire: two ways to one vehicle, twins, reboots, other autopilots and floods, on
// recorded flights. The facts are those of ../shared/data/flights/README.md.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { walkTlog } from "../../../server/mavlink/tlog.ts";
import type { VehicleSession } from "../../../server/telemetry/vehicle-session.ts";
import { DroneStream } from "../../support/drone-stream.ts";
import { flightsAvailable, flightsDir } from "../../support/flights.ts";
import { makeHeartbeat } from "../../support/mavlink-frames.ts";
import {
  heardInPcap,
  heardInTlog,
  link,
  TelemetryRun,
  type HeardDatagram,
} from "../../support/telemetry-run.ts";
import { plannedBooking, watchPlan } from "../../support/watch-plan.ts";

const secondUs = 1_000_000;
const twinPorts = { first: 51_736, second: 49_764 };
/** As the twins' AUTOPILOT_VERSION states it, bytes in hex. */
const firstTwinUid = "5464313231396337633463353430346161" + "00";

// Skipped where the recorded flights are absent; tests/support/flights.ts says so.
const flightTest = test.skipIf(!flightsAvailable);

function sessionsOf(run: TelemetryRun): VehicleSession[] {
  return [...run.flow.sessions()];
}

/** The same frames by a second port, later by `delayMs`: a router beside the direct link. */
function copiedTo(
  datagrams: readonly HeardDatagram[],
  port: number,
  delayMs: number,
): HeardDatagram[] {
  const copies = datagrams.map((one) => ({ ...one, port, stampUs: one.stampUs + delayMs * 1000 }));
  return [...datagrams, ...copies].sort((a, b) => a.stampUs - b.stampUs);
}

flightTest.each([5, 150])(
  "one vehicle heard directly and by a router %i ms behind is one vehicle, and no twin",
  (delayMs) => {
    const heard = heardInPcap("a_normal.pcap");
    const run = new TelemetryRun(watchPlan([plannedBooking(heard.firstUs / 1000, [1])]));
    run.hear(copiedTo(heard.datagrams, 60_000, delayMs));
    run.tickUntil((heard.datagrams.at(-1)?.stampUs ?? 0) + 61 * secondUs);
    expect(run.alarms()).toEqual([]);
    expect(run.events("sessionOpened")).toHaveLength(1);
    expect(run.events("flightStarted")).toHaveLength(1);
    const [landed] = run.events("flightLanded");
    // Every position is counted once.
    const alone = new TelemetryRun(watchPlan([plannedBooking(heard.firstUs / 1000, [1])]));
    alone.hear(heard.datagrams);
    expect(landed?.figures).toEqual(alone.events("flightLanded")[0]?.figures);
    expect(sessionsOf(run).map(({ isAmbiguous }) => isAmbiguous)).toEqual([false]);
  },
);

flightTest("while one of two ways is heard there is no loss, and answers go by that one", () => {
  const heard = heardInPcap("a_normal.pcap");
  const run = new TelemetryRun(watchPlan([plannedBooking(heard.firstUs / 1000, [1])]));
  const direct = heard.datagrams[0]?.port ?? 0;
  const at = (seconds: number): number => heard.firstUs + seconds * secondUs;
  run.hear(
    copiedTo(heard.datagrams, 60_000, 20).filter(({ port, stampUs }) =>
      port === direct
        ? stampUs < at(80) || stampUs > at(120)
        : stampUs < at(110) || stampUs > at(150),
    ),
  );
  expect(run.alarmSteps()).toEqual(["linkLost standing", "linkLost returned"]);
  const [raised, returned] = run.alarms();
  // Nothing at all is heard from 110 s to 120 s.
  expect((raised?.raisedAtMs ?? 0) / 1000 - at(110) / secondUs).toBeLessThan(5);
  expect((returned?.returnedAtMs ?? 0) / 1000 - at(120) / secondUs).toBeLessThan(1.5);
});

flightTest("answers move to the other way 2 s after the one in use falls silent", () => {
  const heard = heardInPcap("a_normal.pcap");
  const run = new TelemetryRun(watchPlan([]));
  const direct = heard.datagrams[0]?.port ?? 0;
  const cutUs = heard.firstUs + 60 * secondUs;
  const all = copiedTo(heard.datagrams, 60_000, 20);
  run.hear(all.filter(({ stampUs }) => stampUs < cutUs));
  expect(sessionsOf(run)[0]?.link?.address.port).toBe(direct);
  const routed = all.filter(({ port, stampUs }) => port === 60_000 && stampUs >= cutUs);
  run.hear(routed.filter(({ stampUs }) => stampUs < cutUs + 1.9 * secondUs));
  expect(sessionsOf(run)[0]?.link?.address.port).toBe(direct);
  run.hear(routed.filter(({ stampUs }) => stampUs > cutUs + 1.9 * secondUs).slice(0, 300));
  expect(sessionsOf(run)[0]?.link?.address.port).toBe(60_000);
});

flightTest("twins are two vehicles whose armed bits never mix, and both are ambiguous", () => {
  const heard = heardInPcap("j_twins.pcap");
  const run = new TelemetryRun(watchPlan([plannedBooking(heard.firstUs / 1000, [5])]));
  let changes = 0;
  const armed = new Map<string, boolean>();
  for (const datagram of heard.datagrams) {
    run.hear([datagram]);
    for (const { vehicleKey, track } of run.flow.sessions()) {
      const now = track.heartbeat?.armed ?? false;
      if (armed.has(vehicleKey) && armed.get(vehicleKey) !== now) changes += 1;
      armed.set(vehicleKey, now);
    }
  }
  // Armed and disarmed once; keyed by the system id alone it changes 222 times.
  expect(changes).toBe(2);
  expect([...armed.keys()]).toEqual([
    "sysid-5",
    `sysid-5@127.0.0.1:${twinPorts.second}@127.0.0.1:14550`,
  ]);
  expect(sessionsOf(run).map(({ isAmbiguous }) => isAmbiguous)).toEqual([true, true]);
  const gaps = [...run.flow.links()].map((one) => one.counters(0).sequenceGaps);
  expect(gaps).toEqual([0, 0]);
  // When one of them falls silent the other is safe to command again.
  const lastUs = heard.datagrams.at(-1)?.stampUs ?? 0;
  const tail = heard.datagrams.filter(({ port }) => port === twinPorts.first).slice(-1000);
  const shiftUs = lastUs - (tail[0]?.stampUs ?? 0) + secondUs;
  run.hear(tail.map((one) => ({ ...one, stampUs: one.stampUs + shiftUs })));
  expect(sessionsOf(run)[0]?.isAmbiguous).toBe(false);
  expect(run.alarmSteps().at(-1)).toBe("duplicateSysid returned");
});

flightTest("a second vehicle is ambiguous from its first heartbeat, before it is judged", () => {
  const heard = heardInPcap("j_twins.pcap");
  const run = new TelemetryRun(watchPlan([]));
  const isSecond = ({ port, bytes }: HeardDatagram): boolean =>
    port === twinPorts.second && bytes[0] === 0xfd;
  const firstOfSecond = heard.datagrams.findIndex(isSecond);
  run.hear(heard.datagrams.slice(0, firstOfSecond + 1));
  expect(sessionsOf(run).map(({ isAmbiguous }) => isAmbiguous)).toEqual([true]);
});

flightTest(
  "a drone with a registered sysid and another autopilot is unknown, with an alarm",
  () => {
    const heard = heardInPcap("j_twins.pcap");
    const plan = watchPlan([plannedBooking(heard.firstUs / 1000, [5])]);
    const registered = (autopilotUid: string) => ({
      ...plan,
      registry: plan.registry.map((one) => (one.sysid === 5 ? { ...one, autopilotUid } : one)),
    });
    const first = heard.datagrams.filter(({ port }) => port === twinPorts.first);
    const right = new TelemetryRun(registered(firstTwinUid));
    right.hear(first);
    expect(right.alarms()).toEqual([]);
    expect(right.events("flightStarted")[0]?.binding.kind).toBe("booked");
    expect(sessionsOf(right)[0]?.track.autopilotUid).toBe(firstTwinUid);

    const wrong = new TelemetryRun(registered("ab".repeat(18)));
    wrong.hear(first);
    const [alarm] = wrong.alarms();
    expect(alarm).toMatchObject({
      kind: "wrongAutopilot",
      state: "standing",
      organisationId: null,
    });
    expect(wrong.events("flightStarted")[0]).toMatchObject({
      aircraftId: null,
      aircraftName: "",
      binding: { kind: "wrongDrone", bookingId: "bkg_test" },
    });
  },
);

flightTest("two cuts that lost 1,423 datagrams show as 399 by 8-bit numbers", () => {
  const heard = heardInPcap("l_linkgap.pcap");
  const run = new TelemetryRun(watchPlan([]));
  run.hear(heard.datagrams);
  const [counters] = [...run.flow.links()].map((one) => one.counters(0));
  expect(counters?.sequenceGaps).toBe(399);
  expect(counters?.components[0]).toMatchObject({ sysid: 8, compid: 1, late: 0, repeated: 0 });
});

flightTest("a reboot that comes by another port leaves no gap and asks nobody else", () => {
  const heard = heardInPcap("i_reboot.pcap");
  const run = new TelemetryRun(watchPlan([]));
  run.hear(heard.datagrams);
  const gaps = [...run.flow.links()].map((one) => one.counters(0).sequenceGaps);
  expect(gaps).toEqual([0, 0]);
  expect(sessionsOf(run)).toHaveLength(1);
  expect(sessionsOf(run)[0]?.link?.address.port).toBe(59_404);
});

flightTest.each(["d_signed.tlog", "e_mavlink1.tlog"])(
  "%s is one vehicle and one flight",
  (name) => {
    const heard = heardInTlog(name);
    const run = new TelemetryRun(watchPlan([plannedBooking(heard.firstUs / 1000, [1, 6, 7])]));
    run.hear(heard.datagrams);
    expect(run.events("sessionOpened")).toHaveLength(1);
    expect(run.events("flightStarted")).toHaveLength(1);
    expect(run.alarms()).toEqual([]);
    expect([...run.flow.links()].map((one) => one.counters(0).sequenceGaps)).toEqual([0]);
  },
);

const floodLog = join(flightsDir, "../logs/copter-flooded-link.tlog");

// Skipped where other people's logs are absent: they are read in place and never copied.
test.skipIf(!existsSync(floodLog))(
  "a second system's heartbeats, hundreds a second, hide nothing and raise one alarm",
  () => {
    const run = new TelemetryRun(watchPlan([]));
    const heard: HeardDatagram[] = [];
    let positions = 0;
    walkTlog(new Uint8Array(readFileSync(floodLog)), ({ stampUs, frame }) => {
      const bytes = frame.bytes.slice(frame.start, frame.end);
      heard.push({ stampUs, port: 50_000, bytes });
      if (frame.sysid === 1 && frame.messageId === 33) positions += 1;
    });
    run.hear(heard);
    expect(run.events("sessionOpened").map(({ sysid }) => sysid)).toEqual([1]);
    const floods = run.alarms().filter(({ kind }) => kind === "linkFlooded");
    expect(new Set(floods.map(({ id }) => id)).size).toBe(1);
    expect(floods[0]).toMatchObject({ sysid: 2, vehicleName: "127.0.0.1:50000, 2/2" });
    const [counters] = [...run.flow.links()].map((one) => one.counters(0));
    const flooder = counters?.components.find(({ sysid }) => sysid === 2);
    expect(flooder?.received).toBe(16_863);
    expect(sessionsOf(run)[0]?.messageCounts[33]).toBe(positions);
    expect(run.alarmSteps().filter((step) => step.startsWith("linkLost standing"))).toEqual([]);
  },
);

flightTest("a flood beside a real drone neither delays nor hides it, and ends 5 s after it", () => {
  const heard = heardInPcap("a_normal.pcap");
  const booking = plannedBooking(heard.firstUs / 1000, [1]);
  const run = new TelemetryRun(watchPlan([booking]));
  const heartbeat = heard.datagrams.find(({ bytes }) => bytes[0] === 0xfd && bytes[7] === 0);
  const fromUs = heard.firstUs + 60 * secondUs;
  const flood = Array.from({ length: 20_000 }, (_, index) => ({
    stampUs: fromUs + index * 1000,
    port: 40_000,
    bytes: heartbeat?.bytes ?? new Uint8Array(0),
  }));
  run.hear([...heard.datagrams, ...flood].sort((a, b) => a.stampUs - b.stampUs));
  const steps = run.alarmSteps().filter((step) => step.startsWith("linkFlooded"));
  expect(steps).toEqual(["linkFlooded standing", "linkFlooded returned"]);
  const [, returned] = run.alarms().filter(({ kind }) => kind === "linkFlooded");
  const afterMs = (returned?.returnedAtMs ?? 0) - (fromUs + 20 * secondUs) / 1000;
  expect(afterMs).toBeGreaterThan(4_000);
  expect(afterMs).toBeLessThan(6_500);
  expect(run.events("flightStarted")).toHaveLength(1);
  expect(run.events("flightLanded")).toHaveLength(1);
  expect(
    run.events("sessionOpened").filter(({ vehicleKey }) => vehicleKey === "sysid-1"),
  ).toHaveLength(1);
  expect(link(40_000).port).toBe(40_000);
});

test("a second system's 1,000 heartbeats a second by a drone's own link cost it no frame", () => {
  const firstUs = 1_800_000_000_000_000;
  const run = new TelemetryRun(watchPlan([plannedBooking(firstUs / 1000, [1])]));
  const drone = new DroneStream(1);
  const heard: HeardDatagram[] = [];
  let positions = 0;
  for (let ms = 0; ms < 20_000; ms++) {
    const stampUs = firstUs + ms * 1_000;
    const beat = makeHeartbeat({ baseMode: 89 }, { sysid: 2, sequence: ms & 0xff });
    if (ms >= 5_000) heard.push({ stampUs, port: 50_000, bytes: beat });
    if (ms % 10 > 0) continue;
    const frame = new Uint8Array(300);
    const bytes = frame.subarray(0, drone.next(frame, 0, ms * 1_000, stampUs));
    if (bytes[7] === 33) positions += 1;
    heard.push({ stampUs, port: 50_000, bytes });
  }
  run.hear(heard);
  const [session] = sessionsOf(run).filter(({ sysid }) => sysid === 1);
  const recorded = run.records.get(session?.sessionId ?? "") ?? [];
  // What is recorded of the link is all of it: 2,000 frames of the drone, 15,000 of the other.
  expect(recorded).toHaveLength(heard.length);
  expect(session?.messageCounts[33]).toBe(positions);
  expect(session?.track.positionAtMs).toBeGreaterThan(firstUs / 1000 + 19_800);
  expect(run.alarmSteps()).toEqual(["linkFlooded standing"]);
  expect(run.events("flightStarted").filter(({ sysid }) => sysid === 1)).toHaveLength(1);
});
