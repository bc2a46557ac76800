import { expect, test } from "vitest";
import {
  aircraftForgottenMs,
  trafficContactsMax,
  trafficOfHearerMax,
  vesselForgottenMs,
} from "../../../../../contract/wire/traffic.ts";
import type { AircraftReport, VesselReport } from "../../../../../server/domain/flight/sample.ts";
import { Traffic, trafficKey } from "../../../../../server/domain/flight/traffic.ts";

const aircraft: AircraftReport = {
  kind: "aircraft",
  sysid: 1,
  compid: 156,
  icaoAddress: 0x78_0a_1b,
  latDeg: 22.3,
  lngDeg: 114.1,
  ageMs: 1_000,
  altitudeQnhM: 600,
  emitterType: 7,
  isSimulated: false,
};
const vessel: VesselReport = {
  kind: "vessel",
  sysid: 2,
  compid: 1,
  mmsi: 4_771_234,
  latDeg: 22.25,
  lngDeg: 114.12,
  ageMs: 0,
  vesselType: 60,
  navigationalStatus: 0,
};

function contactsOf(traffic: Traffic) {
  return [...traffic.all()];
}

test("a contact has its key, its age and who heard it", () => {
  const traffic = new Traffic();
  traffic.hear(aircraft, 10_000);
  traffic.hear(vessel, 10_000);
  expect(contactsOf(traffic)).toEqual([
    {
      key: "icao:780A1B",
      report: aircraft,
      heardBy: { sysid: 1, compid: 156 },
      receivedAtMs: 10_000,
      heardAtMs: 9_000,
    },
    expect.objectContaining({ key: "mmsi:004771234", heardAtMs: 10_000 }),
  ]);
  expect(trafficKey({ ...aircraft, icaoAddress: 0xa })).toBe("icao:00000A");
});

test("of two receivers the newer hearing stands, whoever reports last", () => {
  const traffic = new Traffic();
  traffic.hear(aircraft, 10_000);
  traffic.hear({ ...aircraft, sysid: 3, ageMs: 5_000, latDeg: 22.2 }, 10_500);
  expect(contactsOf(traffic)).toMatchObject([{ heardBy: { sysid: 1 }, heardAtMs: 9_000 }]);
  traffic.hear({ ...aircraft, sysid: 3, ageMs: 0, latDeg: 22.31 }, 10_500);
  expect(contactsOf(traffic)).toMatchObject([{ heardBy: { sysid: 3 }, heardAtMs: 10_500 }]);
});

test("what has not been heard for too long is forgotten, ships later than aircraft", () => {
  const traffic = new Traffic();
  traffic.hear({ ...aircraft, ageMs: 0 }, 0);
  traffic.hear(vessel, 0);
  traffic.tick(aircraftForgottenMs);
  expect(contactsOf(traffic)).toHaveLength(2);
  traffic.tick(aircraftForgottenMs + 1);
  expect(contactsOf(traffic)).toMatchObject([{ report: { kind: "vessel" } }]);
  traffic.tick(vesselForgottenMs + 1);
  expect(contactsOf(traffic)).toEqual([]);
});

test("a flood of made-up addresses erases nothing of others, nor what it heard before", () => {
  const traffic = new Traffic();
  traffic.hear(vessel, 0);
  traffic.hear({ ...aircraft, ageMs: 0 }, 0);
  const flooding = [1, 3, 4, 5, 6];
  for (let n = 0; n < trafficContactsMax + 10; n++) {
    for (const sysid of flooding) traffic.hear({ ...aircraft, sysid, icaoAddress: n }, n);
  }
  const keys = contactsOf(traffic).map(({ key }) => key);
  expect(keys).toContain(trafficKey(vessel));
  expect(keys).toContain(trafficKey(aircraft));
  expect(keys.length).toBeLessThanOrEqual(trafficContactsMax);
});

test("where the table is full the newest of the fullest hearer makes room for others", () => {
  const traffic = new Traffic();
  const hearers = Math.ceil(trafficContactsMax / trafficOfHearerMax);
  for (let sysid = 1; sysid <= hearers; sysid++) {
    for (let n = 0; n < trafficOfHearerMax; n++) {
      traffic.hear({ ...aircraft, sysid, icaoAddress: sysid * 10_000 + n }, 0);
    }
  }
  expect(contactsOf(traffic)).toHaveLength(trafficContactsMax);
  traffic.hear({ ...vessel, sysid: 100 }, 0);
  const keys = new Set(contactsOf(traffic).map(({ key }) => key));
  expect(keys.size).toBe(trafficContactsMax);
  expect(keys).toContain(trafficKey(vessel));
  const gone = { ...aircraft, icaoAddress: hearers * 10_000 + trafficOfHearerMax - 1 };
  expect(keys).not.toContain(trafficKey(gone));
  expect(keys).toContain(trafficKey({ ...aircraft, icaoAddress: 10_000 }));
});
