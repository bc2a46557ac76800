// Silence, lateness, unbooked drones and changed plans: recorded flights through the telemetry
// flow, cut or delayed. The facts are those of ../shared/data/flights/README.md.
import { expect, test } from "vitest";
import { flightsAvailable } from "../../support/flights.ts";
import {
  fenceBooking,
  heardInPcap,
  heardInTlog,
  link,
  raisedOf,
  sinceStartS,
  TelemetryRun,
} from "../../support/telemetry-run.ts";
import { plannedBooking, watchPlan } from "../../support/watch-plan.ts";

const secondUs = 1_000_000;

// Skipped where the recorded flights are absent; tests/support/flights.ts says so.
const flightTest = test.skipIf(!flightsAvailable);

flightTest(
  "silence seals a landed flight after 60 s and ends the session after ten minutes",
  () => {
    const heard = heardInPcap("a_normal.pcap");
    const run = new TelemetryRun(watchPlan([plannedBooking(heard.firstUs / 1000, [1])]));
    run.hear(heard.datagrams);
    expect(run.seals).toHaveLength(0);
    const lastUs = heard.datagrams.at(-1)?.stampUs ?? 0;
    run.tickUntil(lastUs + 60 * secondUs);
    expect(run.seals).toHaveLength(1);
    expect(run.events("sessionClosed")).toHaveLength(0);
    run.tickUntil(lastUs + 601 * secondUs);
    expect(run.events("sessionClosed").map(({ reason }) => reason)).toEqual(["silent"]);
  },
);

flightTest(
  "silence never ends the session of an armed drone, and overrun is told at the end",
  () => {
    const heard = heardInPcap("a_normal.pcap");
    const cutUs = heard.firstUs + 100 * secondUs;
    const endMs = heard.firstUs / 1000 + 300_000;
    const booking = plannedBooking(heard.firstUs / 1000, [1], { endMs });
    const run = new TelemetryRun(watchPlan([booking]));
    run.hear(heard.datagrams.filter(({ stampUs }) => stampUs < cutUs));
    run.tickUntil(cutUs + 1800 * secondUs);
    expect(run.events("sessionClosed")).toEqual([]);
    expect(run.events("flightLanded")).toEqual([]);
    expect(run.alarmSteps()).toEqual(["linkLost standing", "overrun standing"]);
    const overrun = raisedOf(run.alarms(), "overrun");
    expect((overrun?.raisedAtMs ?? 0) - endMs).toBeLessThanOrEqual(250);
    const states = run.events("conformanceChanged");
    expect(states.map(({ state }) => state)).toEqual(["nonconforming", "contingent"]);
    expect((states[1]?.atMs ?? 0) - (states[0]?.atMs ?? 0)).toBeGreaterThanOrEqual(60_000);
  },
);

flightTest(
  "an unbooked drone inside another's volume is the wrong drone, elsewhere unbooked",
  () => {
    const heard = heardInPcap("a_normal.pcap");
    const others = plannedBooking(heard.firstUs / 1000, [2]);
    const wrong = new TelemetryRun(watchPlan([others]));
    wrong.hear(heard.datagrams);
    expect(wrong.events("flightStarted")[0]?.binding).toEqual({
      kind: "wrongDrone",
      bookingId: "bkg_test",
      enteredOrganisationId: others.organisationId,
    });
    expect(wrong.alarmSteps()).toEqual(["wrongDrone standing", "wrongDrone returned"]);
    expect(wrong.alarms()[0]).toMatchObject({
      bookingId: others.id,
      bookingTitle: others.title,
      contactPhone: others.contactPhone,
      pilotName: others.pilotName,
      enteredOrganisationId: others.organisationId,
      flightId: expect.any(String),
    });
    const unbooked = new TelemetryRun(watchPlan([]));
    unbooked.hear(heard.datagrams);
    expect(unbooked.alarmSteps()).toEqual(["unbooked standing", "unbooked returned"]);
  },
);

flightTest("a wrong drone's alarm names the booking whose airspace it is in, to its end", () => {
  const heard = heardInPcap("k_gcsloss.pcap");
  const booking = { ...fenceBooking(heard.firstUs / 1000), title: "Flight b" };
  const junk = { aircraftId: "acf_6", sysid: 6, name: "Junk 6", organisationId: "org_junk" };
  const run = new TelemetryRun({ ...watchPlan([booking]), registry: [junk] });
  run.hear(heard.datagrams);
  expect(run.alarmSteps()).toEqual(["wrongDrone standing", "wrongDrone returned"]);
  const { id: bookingId, title: bookingTitle, contactPhone, pilotName } = booking;
  const named = {
    vehicleName: "Junk 6",
    organisationId: "org_junk",
    ...{ bookingId, bookingTitle, contactPhone, pilotName },
    enteredOrganisationId: booking.organisationId,
  };
  expect(run.alarms()).toMatchObject([named, named]);
  // Its own company's flight has no booking: nothing of the other's is its.
  expect(run.events("flightStarted")[0]).toMatchObject({
    bookingTitle: null,
    organisationId: "org_junk",
  });
});

flightTest(
  "datagrams that stop for 20 s and then come all at once are recorded, not judged late",
  () => {
    const heard = heardInTlog("b_fence.tlog");
    const run = new TelemetryRun(watchPlan([fenceBooking(heard.firstUs / 1000)]));
    const [fromUs, toUs] = [heard.firstUs + 80 * secondUs, heard.firstUs + 100 * secondUs];
    const delayed = heard.datagrams.map((one) =>
      one.stampUs >= fromUs && one.stampUs < toUs ? { ...one, stampUs: toUs } : one,
    );
    run.hear(delayed);
    const lateral = raisedOf(run.alarms(), "volumeLateral");
    // The breach at 91.2 s is seen when it arrives, by the first sample that is less than 3 s old.
    expect(sinceStartS(heard, lateral?.raisedAtMs ?? 0)).toBeGreaterThan(96.9);
    expect(sinceStartS(heard, lateral?.raisedAtMs ?? 0)).toBeLessThan(97.5);
    const [record] = run.records.values();
    expect(record).toHaveLength(heard.datagrams.length);
  },
);

flightTest("a link that is late for good raises the telemetry-late alarm within 5 s", () => {
  const heard = heardInPcap("a_normal.pcap");
  const run = new TelemetryRun(watchPlan([plannedBooking(heard.firstUs / 1000, [1])]));
  const fromUs = heard.firstUs + 100 * secondUs;
  run.hear(
    heard.datagrams.map((one) =>
      one.stampUs >= fromUs ? { ...one, stampUs: one.stampUs + 4 * secondUs } : one,
    ),
  );
  const late = raisedOf(run.alarms(), "telemetryLate");
  expect(sinceStartS(heard, late?.raisedAtMs ?? 0) - 104).toBeLessThanOrEqual(5);
});

flightTest("a new zone is judged at once, also for a drone that has just been heard", () => {
  const heard = heardInPcap("a_normal.pcap");
  const booking = plannedBooking(heard.firstUs / 1000, [1]);
  const plan = watchPlan([booking]);
  const run = new TelemetryRun(plan);
  const cutUs = heard.firstUs + 100 * secondUs;
  run.hear(heard.datagrams.filter(({ stampUs }) => stampUs < cutUs));
  const [area] = plan.zones;
  if (area === undefined) throw new Error("the plan has an area");
  const keepOut = {
    ...area,
    id: "zone_new",
    kind: "keepOut" as const,
    band: { reference: "AMSL" as const, lowerM: null, upperM: null },
  };
  run.flow.setPlan({ ...plan, version: 8, zones: [...plan.zones, keepOut] });
  expect(run.alarmSteps()).toEqual(["keepOut standing"]);
  expect(run.alarms()[0]).toMatchObject({ zoneId: "zone_new", planVersion: 8 });
});

flightTest("a new plan ends no breach of a drone that has gone silent", () => {
  const heard = heardInTlog("b_fence.tlog");
  const plan = watchPlan([fenceBooking(heard.firstUs / 1000)]);
  const run = new TelemetryRun(plan);
  // Back inside since 140.8 s, but not for long enough to count as returned.
  const cutUs = heard.firstUs + 143 * secondUs;
  run.hear(heard.datagrams.filter(({ stampUs }) => stampUs < cutUs));
  run.tickUntil(cutUs + 3 * secondUs);
  run.flow.setPlan({ ...plan, version: 8 });
  expect(run.alarmSteps()).toEqual(["volumeLateral standing"]);
});

flightTest("frames that we send are part of the record, and no vehicle's link", () => {
  const heard = heardInPcap("a_normal.pcap");
  const run = new TelemetryRun(watchPlan([]));
  const own = heard.datagrams.find(({ bytes }) => bytes[0] === 0xfd);
  if (own === undefined) throw new Error("flight a holds frames");
  run.hear(heard.datagrams.slice(0, 200));
  const [record] = run.records.values();
  const before = record?.length ?? 0;
  run.flow.onSent(own.bytes, link(heard.datagrams[0]?.port ?? 0), own.stampUs + secondUs);
  run.flow.onSent(own.bytes, link(1), own.stampUs + secondUs);
  expect(record).toHaveLength(before + 1);
  expect([...run.flow.links()]).toHaveLength(1);
});
