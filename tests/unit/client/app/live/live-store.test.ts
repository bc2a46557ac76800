import { expect, test } from "vitest";
import { packSnapshot, type LiveVehicle } from "../../../../../contract/wire/live-snapshot.ts";
import { protocolVersion } from "../../../../../contract/protocol-version.ts";
import { createLiveStore } from "../../../../../client/app/live/live-store.ts";
import { pictureWith } from "./status-samples.ts";

function vehicleWith(changes: Partial<LiveVehicle> = {}): LiveVehicle {
  return {
    liveId: 1,
    flags: 1,
    latDeg: 22.2588,
    lngDeg: 114.1296,
    altitudeAmslM: 35,
    altitudeAboveHomeM: 32,
    headingDeg: 90,
    groundSpeedMps: 8,
    climbMps: 0,
    ageMs: 120,
    ...changes,
  };
}

function snapshotOf(vehicles: readonly LiveVehicle[], sentAtMs = 0): ArrayBuffer {
  return packSnapshot({ sentAtMs, vehicles }).slice().buffer;
}

function storeWithClock() {
  const clock = { nowMs: 1_000 };
  const store = createLiveStore(() => clock.nowMs);
  store.connectionUp();
  store.on.picture(pictureWith());
  return { clock, store };
}

test("age is the age at sending plus the time since receipt, whatever the clocks say", () => {
  const { clock, store } = storeWithClock();
  store.on.snapshot(snapshotOf([vehicleWith({ ageMs: 120 })], 9e12));
  clock.nowMs += 700;
  expect(store.ageMs(1)).toBe(820);
  expect(store.ageMs(2)).toBeUndefined();
});

test("the map's columns hold the newest snapshot, an unknown heading as not a number", () => {
  const { store } = storeWithClock();
  let told = 0;
  store.drones.subscribe(() => (told += 1));
  store.on.snapshot(snapshotOf([vehicleWith(), vehicleWith({ liveId: 7, headingDeg: undefined })]));
  const frame = store.drones.frame();
  expect(told).toBe(1);
  expect(frame.count).toBe(2);
  expect([frame.id[0], frame.id[1]]).toEqual([1, 7]);
  expect(frame.latDeg[0]).toBeCloseTo(22.2588, 7);
  expect(frame.headingDeg[1]).toBeNaN();
  store.on.snapshot(snapshotOf([]));
  expect(store.drones.frame().count).toBe(0);
  expect(store.vehicle(1)).toBeUndefined();
});

test("snapshots alone tell no listener of the state: the page is not drawn again for them", () => {
  const { store } = storeWithClock();
  store.on.snapshot(snapshotOf([vehicleWith()]));
  let told = 0;
  store.subscribe(() => (told += 1));
  for (let count = 0; count < 20; count++) store.on.snapshot(snapshotOf([vehicleWith()]));
  expect(told).toBe(0);
});

test("silence takes the trust away at the next look, and a snapshot gives it back at once", () => {
  const { clock, store } = storeWithClock();
  store.on.snapshot(snapshotOf([vehicleWith()]));
  expect(store.getState().trust).toBe("trusted");
  clock.nowMs += 2_500;
  store.tick();
  expect(store.getState().trust).toBe("noSnapshot");
  store.on.snapshot(snapshotOf([vehicleWith()]));
  expect(store.getState().trust).toBe("trusted");
});

test("bytes that are no snapshot of this version change nothing and renew no trust", () => {
  const { clock, store } = storeWithClock();
  store.on.snapshot(snapshotOf([vehicleWith()]));
  clock.nowMs += 2_500;
  store.on.snapshot(new ArrayBuffer(7));
  store.tick();
  expect(store.drones.frame().count).toBe(1);
  expect(store.getState().trust).toBe("noSnapshot");
});

test("a page that is older than the server says so", () => {
  const { store } = storeWithClock();
  store.on.welcome({ protocolVersion, serverTimeMs: 0 });
  expect(store.getState().outdated).toBe(false);
  store.on.welcome({ protocolVersion: protocolVersion + 1, serverTimeMs: 0 });
  expect(store.getState().outdated).toBe(true);
});
