import { expect, test } from "vitest";
import {
  firstLiveState,
  pictureTrust,
  withAlarm,
  withPicture,
  withStatuses,
} from "../../../../../client/app/live/live-state.ts";
import { alarmWith } from "../../../../support/alarm-samples.ts";
import { pictureWith, statusWith } from "./status-samples.ts";

test("of two messages about one alarm the one with the higher journal number wins", () => {
  const newer = alarmWith({ journalNumber: 5 }, { count: 2 });
  const older = alarmWith({ journalNumber: 4 });
  const state = withAlarm(withAlarm(firstLiveState, newer), older);
  expect(state.alarms.get("alm_1")?.condition.count).toBe(2);
});

test("an acknowledgement wins by its event number though the journal number is the same", () => {
  const raised = alarmWith({ journalNumber: 5 });
  const seen = alarmWith({ journalNumber: 5, eventNumber: 9, shown: "acknowledged" });
  const state = withAlarm(withAlarm(firstLiveState, raised), seen);
  expect(state.alarms.get("alm_1")?.shown).toBe("acknowledged");
});

test("the same alarm told twice is the same state, so that nothing is drawn again", () => {
  const once = withAlarm(firstLiveState, alarmWith());
  expect(withAlarm(once, alarmWith())).toBe(once);
});

test("a picture replaces what was there", () => {
  const before = withAlarm(
    withStatuses(firstLiveState, [statusWith({ liveId: 9 })], []),
    alarmWith({}, { id: "gone" }),
  );
  const after = withPicture(before, pictureWith(), 0);
  expect([...after.statuses.keys()]).toEqual([1]);
  expect(after.alarms.size).toBe(0);
});

test("a vehicle that is gone leaves the statuses", () => {
  const both = withStatuses(firstLiveState, [statusWith(), statusWith({ liveId: 2 })], []);
  expect([...withStatuses(both, [], [1]).statuses.keys()]).toEqual([2]);
});

const up = { ...withPicture(firstLiveState, pictureWith(), 0), connection: "up" } as const;

test("the picture is trusted up to two seconds after the last snapshot", () => {
  expect(pictureTrust(up, 2_000)).toBe("trusted");
  expect(pictureTrust(up, 2_001)).toBe("noSnapshot");
});

test("without ingest or connection the picture is not trusted however young it is", () => {
  const health = { ingestConnected: false, ingestAgeMs: 0, planVersionInForce: 1, planVersion: 1 };
  expect(pictureTrust({ ...up, health }, 0)).toBe("ingestDown");
  expect(pictureTrust({ ...up, connection: "down" }, 0)).toBe("noConnection");
  expect(pictureTrust({ ...up, hasPicture: false }, 0)).toBe("connecting");
});
