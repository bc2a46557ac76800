import { expect, test } from "vitest";
import type { AlarmCondition, AlarmPlace } from "../../../../../contract/wire/alarm.ts";
import {
  causeKey,
  raisedAlarm,
  returnedAlarm,
  shownAlarm,
  worsenedAlarm,
  type AlarmSubject,
} from "../../../../../server/domain/flight/alarm.ts";

const subject: AlarmSubject = {
  vehicleKey: "sysid-1",
  vehicleName: "Heron",
  sysid: 1,
  flightId: "flt_1",
  bookingId: "bkg_1",
  bookingTitle: "Survey",
  organisationId: "org_1",
  contactPhone: "+852 5555 0101",
  pilotName: "Chan",
  siteId: "site_1",
  planVersion: 3,
};
const cause = { kind: "volumeLateral", zoneId: null, zoneName: null, limit: null } as const;

function place(excessM: number): AlarmPlace {
  const position = { latDeg: 22.26, lngDeg: 114.13 };
  return { position, altitudeAmslM: 30, altitudeAboveHomeM: 27, excessM };
}

function raise(before: AlarmCondition | undefined, excessM: number, atMs: number): AlarmCondition {
  const raised = raisedAlarm(before, cause, subject, place(excessM), atMs, () => `alm_${atMs}`);
  if (raised === undefined) throw new Error("it stands already");
  return raised;
}

/** An acknowledgement of what had become worse so often, by a clock that is far off. */
function seen(seenWorsenedCount: number) {
  return { atMs: 0, seenWorsenedCount };
}

function bring(condition: AlarmCondition, atMs: number): AlarmCondition {
  const returned = returnedAlarm(condition, atMs);
  if (returned === undefined) throw new Error("it has returned already");
  return returned;
}

test("a cause that stands already raises nothing", () => {
  const first = raise(undefined, 1, 1000);
  expect(raisedAlarm(first, cause, subject, place(9), 2000, () => "x")).toBeUndefined();
});

test("leaving again within 60 s re-opens the same alarm, later it is a new one", () => {
  const returned = bring(raise(undefined, 1, 1000), 10_000);
  const reopened = raise(returned, 1, 70_000);
  expect(reopened).toMatchObject({ id: "alm_1000", count: 2, raisedAtMs: 1000, worse: false });
  expect(reopened.lastRaisedAtMs).toBe(70_000);
  expect(reopened.returnedAtMs).toBeNull();
  expect(raise(returned, 1, 70_001)).toMatchObject({ id: "alm_70001", count: 1 });
});

test("a return is told once", () => {
  const returned = bring(raise(undefined, 1, 1000), 10_000);
  expect(returnedAlarm(returned, 11_000)).toBeUndefined();
});

test("what is shown follows from the condition and the acknowledgement", () => {
  const standing = raise(undefined, 1, 1000);
  const returned = bring(standing, 10_000);
  const acknowledged = seen(0);
  expect(shownAlarm(standing, null)).toBe("unacknowledged");
  expect(shownAlarm(standing, acknowledged)).toBe("acknowledged");
  expect(shownAlarm(returned, null)).toBe("returnedUnacknowledged");
  expect(shownAlarm(returned, acknowledged)).toBe("cleared");
});

test("an acknowledgement holds through a return and a re-opening", () => {
  const reopened = raise(bring(raise(undefined, 5, 1000), 10_000), 1, 20_000);
  expect(shownAlarm(reopened, seen(0))).toBe("acknowledged");
});

test("an acknowledgement holds no longer once the alarm is worse, until the next one", () => {
  const worse = worsenedAlarm(raise(undefined, 1, 1000), place(30), 5000);
  expect(worse).toMatchObject({ worse: true, worst: { excessM: 30 }, first: { excessM: 1 } });
  // Whatever the clock of who acknowledged said.
  for (const atMs of [0, 4999, 5000, 1e15]) {
    expect(shownAlarm(worse, { atMs, seenWorsenedCount: 0 })).toBe("unacknowledged");
    expect(shownAlarm(worse, { atMs, seenWorsenedCount: 1 })).toBe("acknowledged");
  }
  expect(shownAlarm(worsenedAlarm(worse, place(60), 6000), seen(1))).toBe("unacknowledged");
  const reopened = raise(bring(raise(undefined, 5, 1000), 10_000), 6, 20_000);
  expect(shownAlarm(reopened, seen(0))).toBe("unacknowledged");
});

test("of an acknowledgement from before worsenings were counted only the times are known", () => {
  const old = (atMs: number) => ({ atMs, seenWorsenedCount: null });
  const before = { ...raise(undefined, 1, 1000), worsenedAtMs: 5000 };
  expect(shownAlarm(before, old(4999))).toBe("unacknowledged");
  expect(shownAlarm(before, old(5000))).toBe("acknowledged");
  expect(shownAlarm(worsenedAlarm(before, place(30), 6000), old(9000))).toBe("unacknowledged");
});

test("keep-outs and height limits are alarms each, areas and volumes one", () => {
  expect(causeKey({ kind: "keepOut", zoneId: "zone_1" })).toBe("keepOut:zone_1");
  expect(causeKey({ kind: "operatingArea", zoneId: "zone_1" })).toBe("operatingArea");
  expect(causeKey({ kind: "volumeLateral", zoneId: null })).toBe("volumeLateral");
});
