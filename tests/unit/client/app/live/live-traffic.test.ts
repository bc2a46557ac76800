import { expect, test } from "vitest";
import { createLiveStore } from "../../../../../client/app/live/live-store.ts";
import { trafficAfter, trafficNow } from "../../../../../client/app/live/live-traffic.ts";
import { aircraftWith, vesselWith } from "../../../../support/traffic-samples.ts";
import { pictureWith } from "./status-samples.ts";

test("the age of a contact goes on by the browser's own clock from the age at sending", () => {
  const told = trafficAfter(new Map(), [aircraftWith({ ageMs: 1_000 })], [], 40_000);
  expect(trafficNow(told.values(), 42_500)).toEqual([aircraftWith({ ageMs: 3_500 })]);
});

test("what nobody speaks of any more leaves the page, ships later than aircraft", () => {
  const both = [aircraftWith({ ageMs: 0 }), vesselWith({ ageMs: 0 })];
  const told = trafficAfter(new Map(), both, [], 0);
  expect(trafficNow(told.values(), 60_000)).toHaveLength(2);
  expect(trafficNow(told.values(), 60_001)).toMatchObject([{ kind: "vessel" }]);
  expect(trafficNow(told.values(), 420_001)).toEqual([]);
});

test("changes join what is there, a whole picture replaces it", () => {
  const store = createLiveStore(() => 5_000);
  store.connectionUp();
  store.on.picture(pictureWith({ traffic: [aircraftWith()] }));
  store.on.traffic({ changed: [vesselWith()], removed: [] });
  expect([...store.getState().traffic.keys()]).toEqual(["icao:780A1B", "mmsi:477123456"]);
  store.on.traffic({ changed: [], removed: ["icao:780A1B"] });
  expect([...store.getState().traffic.keys()]).toEqual(["mmsi:477123456"]);
  store.on.picture(pictureWith({ traffic: [aircraftWith()] }));
  expect([...store.getState().traffic.keys()]).toEqual(["icao:780A1B"]);
});
