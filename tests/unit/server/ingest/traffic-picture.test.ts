// What ingest tells of the aircraft and ships that drones hear.
import { expect, test } from "vitest";
import { emptyWatchPlan } from "../../../../contract/wire/watch-plan.ts";
import { trafficContactSchema, type TrafficContact } from "../../../../contract/wire/traffic.ts";
import type { AircraftReport } from "../../../../server/domain/flight/sample.ts";
import { Traffic } from "../../../../server/domain/flight/traffic.ts";
import { createTrafficPicture } from "../../../../server/ingest/traffic-picture.ts";

const heightless: AircraftReport = {
  kind: "aircraft",
  sysid: 9,
  compid: 156,
  icaoAddress: 1,
  latDeg: 22.3,
  lngDeg: 114.1,
  ageMs: 3_000,
  emitterType: 7,
  isSimulated: true,
};
const aircraft: AircraftReport = { ...heightless, icaoAddress: 0x78_0a_1b, altitudeGnssM: 600 };

function pictureOf(traffic: Traffic) {
  const told: (readonly TrafficContact[])[] = [];
  const flow = { traffic, vehicle: () => undefined, plan: emptyWatchPlan };
  const picture = createTrafficPicture(flow, { traffic: (contacts) => void told.push(contacts) });
  return { told, picture };
}

test("all traffic is told once a second with its age at sending, and once that it is gone", () => {
  const traffic = new Traffic();
  const { told, picture } = pictureOf(traffic);
  picture.send(10_000);
  expect(told).toEqual([]);
  traffic.hear(aircraft, 10_000);
  for (const nowMs of [10_250, 10_500, 11_000, 11_250]) picture.send(nowMs);
  expect(told.map(([first]) => first?.ageMs)).toEqual([3_250, 4_250]);
  traffic.tick(200_000);
  picture.send(200_000);
  picture.send(202_000);
  expect(told.slice(2)).toEqual([[]]);
});

test("a height goes with what it is measured from; what nobody said is null", () => {
  const traffic = new Traffic();
  const { told, picture } = pictureOf(traffic);
  traffic.hear(aircraft, 10_000);
  traffic.hear(heightless, 10_000);
  picture.send(10_000);
  const [contacts] = told;
  expect(contacts?.map((one) => trafficContactSchema.parse(one))).toMatchObject([
    { altitude: { altitudeM: 600, datum: "GNSS" }, heardBy: null, callsign: null, squawk: null },
    { altitude: null },
  ]);
});
