// Whole recorded flights through the telemetry flow on their own stamps, so that every time is
// exact. The facts are those of ../shared/data/flights/README.md (pymavlink's figures).
import { expect, test } from "vitest";
import type { AlarmCondition } from "../../../contract/wire/alarm.ts";
import { ingestState } from "../../support/past-entries.ts";
import { flightsAvailable, readTruth } from "../../support/flights.ts";
import {
  fenceBooking,
  framesOf,
  heardInPcap,
  heardInTlog,
  raisedOf,
  sinceStartS,
  TelemetryRun,
  type HeardDatagram,
} from "../../support/telemetry-run.ts";
import { plannedBooking, watchPlan } from "../../support/watch-plan.ts";

const secondUs = 1_000_000;

function returnedOf(
  conditions: readonly AlarmCondition[],
  kind: string,
): AlarmCondition | undefined {
  return conditions.find((one) => one.kind === kind && one.state === "returned");
}

// Skipped where the recorded flights are absent; tests/support/flights.ts says so.
const flightTest = test.skipIf(!flightsAvailable);

flightTest("flight a, booked, is one flight at the recorded times without an alarm", () => {
  const heard = heardInPcap("a_normal.pcap");
  const run = new TelemetryRun(watchPlan([plannedBooking(heard.firstUs / 1000, [1])]));
  run.hear(heard.datagrams);
  run.tickUntil((heard.datagrams.at(-1)?.stampUs ?? 0) + 61 * secondUs);

  const [started, ...others] = run.events("flightStarted");
  expect(others).toEqual([]);
  expect(started).toMatchObject({
    aircraftId: "air_1",
    aircraftName: "Heron 1",
    organisationId: "org_test",
    binding: { kind: "booked", bookingId: "bkg_test" },
    bookingTitle: "Pier survey",
    siteId: "site_test",
    planVersion: 7,
    zones: [{ id: "zone_area", version: 1 }],
  });
  // Times of the README count from the first frame; the capture begins with the boot text.
  const firstFrame = { firstUs: readTruth("a_normal").first_ts_us };
  expect(sinceStartS(firstFrame, started?.armedAtMs ?? 0)).toBeCloseTo(42.0, 1);
  const [landed] = run.events("flightLanded");
  expect(sinceStartS(firstFrame, landed?.disarmedAtMs ?? 0)).toBeCloseTo(229.1, 1);
  expect(landed?.figures.maxAltitudeAboveHomeM).toBeCloseTo(30.013, 2);
  expect(landed?.figures.maxGroundSpeedMps).toBeCloseTo(10.2, 1);
  expect(run.alarms()).toEqual([]);
  expect(run.events("conformanceChanged")).toEqual([]);
  expect(run.seals).toHaveLength(1);
});

flightTest("the record of flight a holds every valid incoming frame, byte for byte", () => {
  const heard = heardInPcap("a_normal.pcap");
  const run = new TelemetryRun(watchPlan([]));
  run.hear(heard.datagrams);
  const valid = heard.datagrams.filter(({ bytes }) => bytes[0] === 0xfd);
  expect(heard.datagrams).toHaveLength(22_789);
  expect(valid).toHaveLength(22_780);
  expect(run.records.size).toBe(1);
  const [record] = run.records.values();
  const sent = Buffer.concat(valid.map(({ bytes }) => bytes));
  expect(framesOf(record ?? []).equals(sent)).toBe(true);
  const [counters] = [...run.flow.links()].map((one) => one.counters(0));
  expect(counters).toMatchObject({ received: 22_789, decoded: 22_780, sequenceGaps: 0 });
  expect(counters?.dropped["notMavlink"]).toBe(9);
  expect(counters?.messages["GLOBAL_POSITION_INT"]).toBe(2318);
});

flightTest("flight b raises exactly two alarms, at the recorded times, and they return", () => {
  const heard = heardInTlog("b_fence.tlog");
  const run = new TelemetryRun(watchPlan([fenceBooking(heard.firstUs / 1000)]));
  run.hear(heard.datagrams);

  expect(run.alarmSteps()).toEqual([
    "volumeLateral standing",
    "volumeLateral returned",
    "volumeCeiling standing",
    "volumeCeiling returned",
  ]);
  const conditions = run.alarms();
  expect(new Set(conditions.map(({ id }) => id)).size).toBe(2);
  const at = (ms: number | null | undefined): number => sinceStartS(heard, ms ?? 0);
  const lateral = raisedOf(conditions, "volumeLateral");
  expect(at(lateral?.raisedAtMs)).toBeGreaterThan(91.0);
  expect(at(lateral?.raisedAtMs)).toBeLessThan(91.5);
  expect(lateral).toMatchObject({
    vehicleName: "Heron 1",
    bookingTitle: "Pier survey",
    contactPhone: "+852 5555 0101",
    pilotName: "Chan Siu Ming",
    organisationId: "org_test",
    planVersion: 7,
    count: 1,
  });
  const back = at(returnedOf(conditions, "volumeLateral")?.returnedAtMs);
  expect(back - 140.8).toBeGreaterThanOrEqual(5);
  expect(back - 140.8).toBeLessThanOrEqual(7);
  const ceiling = raisedOf(conditions, "volumeCeiling");
  expect(at(ceiling?.raisedAtMs)).toBeGreaterThan(179.0);
  expect(at(ceiling?.raisedAtMs)).toBeLessThan(179.5);
  expect(ceiling?.limit).toEqual({ reference: "ABOVE_HOME", valueM: 120 });
  const down = at(returnedOf(conditions, "volumeCeiling")?.returnedAtMs);
  expect(down - 200.6).toBeGreaterThanOrEqual(5);
  expect(down - 200.6).toBeLessThanOrEqual(8);
  expect(run.events("conformanceChanged").map(({ state }) => state)).toEqual([
    "nonconforming",
    "conforming",
    "nonconforming",
    "conforming",
  ]);
});

flightTest(
  "a restart in the middle of a breach ends nothing, loses nothing, doubles nothing",
  () => {
    const heard = heardInTlog("b_fence.tlog");
    const plan = watchPlan([fenceBooking(heard.firstUs / 1000)]);
    const before = new TelemetryRun(plan);
    const cutUs = heard.firstUs + 110 * secondUs;
    before.hear(heard.datagrams.filter(({ stampUs }) => stampUs < cutUs));
    expect(before.alarmSteps()).toEqual(["volumeLateral standing"]);

    const state = ingestState(before.journal, cutUs / 1000);
    expect(state.unsealed).toEqual([]);
    const after = new TelemetryRun(plan, before.journal);
    const resumed = state.sessions.map(({ identity, flight, alarms }) => ({
      identity,
      flight,
      alarms,
      isTwin: false,
      record: after.record(identity.sessionId),
      lastHeardAtMs: cutUs / 1000,
      lastPosition: undefined,
      clock: undefined,
    }));
    after.flow.resume(resumed, cutUs + 3 * secondUs);
    after.hear(heard.datagrams.filter(({ stampUs }) => stampUs >= cutUs + 3 * secondUs));

    expect(after.alarmSteps()).toEqual([
      "volumeLateral standing",
      "volumeLateral returned",
      "volumeCeiling standing",
      "volumeCeiling returned",
    ]);
    const lateral = after.alarms().filter(({ kind }) => kind === "volumeLateral");
    expect(new Set(lateral.map(({ id }) => id)).size).toBe(1);
    expect(after.events("sessionOpened")).toHaveLength(1);
    expect(after.events("flightStarted")).toHaveLength(1);
    expect(after.events("flightLanded")).toHaveLength(1);
    expect(after.events("conformanceChanged").map(({ state: one }) => one)).toEqual([
      "nonconforming",
      "conforming",
      "nonconforming",
      "conforming",
    ]);
  },
);

flightTest("flight c is three flights of one booking without an alarm", () => {
  const heard = heardInPcap("c_three.pcap");
  const run = new TelemetryRun(watchPlan([plannedBooking(heard.firstUs / 1000, [1, 2, 3])]));
  run.hear(heard.datagrams);
  const started = run.events("flightStarted");
  expect(started.map(({ sysid }) => sysid).sort()).toEqual([1, 2, 3]);
  expect(started.every(({ binding }) => binding.kind === "booked")).toBe(true);
  expect(run.alarms()).toEqual([]);
  expect(run.records.size).toBe(3);
  const written = [...run.records.values()].map((record) => framesOf(record).length);
  const valid = heard.datagrams.filter(({ bytes }) => bytes[0] === 0xfd);
  expect(written.reduce((sum, bytes) => sum + bytes, 0)).toBe(
    valid.reduce((sum, { bytes }) => sum + bytes.length, 0),
  );
});

flightTest("a reboot on another port begins a second session with a flight of its own", () => {
  const heard = heardInPcap("i_reboot.pcap");
  const run = new TelemetryRun(watchPlan([plannedBooking(heard.firstUs / 1000, [4])]));
  run.hear(heard.datagrams);
  expect(run.events("sessionOpened")).toHaveLength(2);
  expect(run.events("sessionClosed").map(({ reason }) => reason)).toEqual(["rebooted"]);
  const armed = run.events("flightStarted").map((one) => sinceStartS(heard, one.armedAtMs));
  expect(armed).toHaveLength(2);
  expect(armed[0]).toBeCloseTo(43.0, 0);
  expect(armed[1]).toBeCloseTo(168.6, 0);
  expect(run.alarms()).toEqual([]);
  const frames = [...run.records.values()].map((record) => framesOf(record).length);
  const ports = [36_976, 59_404];
  expect(frames).toEqual(
    ports.map((port) =>
      heard.datagrams
        .filter(({ port: from, bytes }) => from === port && bytes[0] === 0xfd)
        .reduce((sum, { bytes }) => sum + bytes.length, 0),
    ),
  );
});

flightTest("two senders of one sysid are two vehicles, and an alarm says so within 2 s", () => {
  const heard = heardInPcap("j_twins.pcap");
  const run = new TelemetryRun(watchPlan([plannedBooking(heard.firstUs / 1000, [5])]));
  run.hear(heard.datagrams);
  const opened = run.events("sessionOpened");
  expect(opened.map(({ vehicleKey }) => vehicleKey)).toEqual([
    "sysid-5",
    "sysid-5@127.0.0.1:49764@127.0.0.1:14550",
  ]);
  const alarm = raisedOf(run.alarms(), "duplicateSysid");
  expect(sinceStartS(heard, alarm?.raisedAtMs ?? 0) - 5.1).toBeLessThan(2);
  expect(run.alarmSteps().filter((step) => !step.startsWith("duplicate"))).toEqual([]);
  expect(run.events("flightStarted")).toHaveLength(1);
  expect(run.events("sessionClosed")).toEqual([]);
});

flightTest(
  "a cut link of an armed drone is told in 3 to 5 s and ends when it is heard again",
  () => {
    const heard = heardInPcap("l_linkgap.pcap");
    const run = new TelemetryRun(watchPlan([plannedBooking(heard.firstUs / 1000, [8])]));
    run.hear(heard.datagrams);
    const lost = run.alarms().filter(({ kind }) => kind === "linkLost");
    expect(lost.map(({ state, count }) => `${state} ${count}`)).toEqual([
      "standing 1",
      "returned 1",
      "standing 2",
      "returned 2",
    ]);
    const raised = lost.filter(({ state }) => state === "standing");
    const afterCut = raised.map(
      (one, index) => sinceStartS(heard, one.lastRaisedAtMs) - (index === 0 ? 78.5 : 112.5),
    );
    for (const seconds of afterCut) {
      expect(seconds).toBeGreaterThanOrEqual(3);
      expect(seconds).toBeLessThanOrEqual(5);
    }
    expect(run.events("flightStarted")).toHaveLength(1);
  },
);

flightTest("heartbeats of other stations on the link make no vehicle", () => {
  const heard = heardInPcap("k_gcsloss.pcap");
  const run = new TelemetryRun(watchPlan([]));
  run.hear(heard.datagrams);
  expect(run.events("sessionOpened").map(({ sysid }) => sysid)).toEqual([6]);
});

flightTest("a glitch that moves the position 200 m in one step is judged where it is", () => {
  const heard = heardInPcap("g_gps.pcap");
  const run = new TelemetryRun(watchPlan([]));
  run.hear(heard.datagrams);
  const kinds = new Set(run.alarms().map(({ kind }) => kind));
  expect(kinds.has("telemetryLate")).toBe(false);
  expect(kinds.has("unbooked")).toBe(true);
});

/** Bytes of every kind, the same in every run. */
function hostileDatagrams(count: number): HeardDatagram[] {
  let seed = 12_345;
  const next = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) >> 8;
  return Array.from({ length: count }, (_, index) => {
    const bytes = Uint8Array.from({ length: next() % 300 }, () => next() & 0xff);
    if (bytes.length > 0 && index % 2 === 0) bytes[0] = index % 4 === 0 ? 0xfd : 0xfe;
    return { stampUs: 1.7e15 + index * 1000, port: 1024 + (next() % 5000), bytes };
  });
}

test("hostile datagrams from thousands of addresses open and stop nothing; told once", () => {
  const run = new TelemetryRun(watchPlan([]));
  run.hear(hostileDatagrams(20_000));
  // That they come is told once.
  expect(run.alarmSteps()[0]).toBe("linkFlooded standing");
  expect(new Set(run.alarms().map(({ id }) => id)).size).toBe(1);
  expect(run.events("alarmChanged")).toHaveLength(run.journal.length);
  expect([...run.flow.links()].length).toBeLessThanOrEqual(1024);
});
