import { expect, test } from "vitest";
import {
  aircraftForgottenMs,
  trafficContactsMax,
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

test("a flood of made-up addresses makes room by forgetting the one reported longest ago", () => {
  const traffic = new Traffic();
  for (let n = 0; n < trafficContactsMax + 10; n++)
    traffic.hear({ ...aircraft, icaoAddress: n }, n);
  traffic.hear({ ...aircraft, icaoAddress: 10 }, 100_000);
  traffic.hear({ ...aircraft, icaoAddress: 0xffffff }, 100_001);
  const keys = contactsOf(traffic).map(({ key }) => key);
  expect(keys).toHaveLength(trafficContactsMax);
  expect(keys).toContain("icao:00000A");
  expect(keys).not.toContain("icao:00000B");
});
