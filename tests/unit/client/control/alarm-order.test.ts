import { expect, test } from "vitest";
import {
  needsAcknowledging,
  nextToAcknowledge,
  openAlarms,
  orderAlarms,
  toReadOut,
} from "../../../../client/control/alarm-order.ts";
import { alarmWith } from "../../../support/alarm-samples.ts";

const ids = (alarms: ReturnType<typeof orderAlarms>): string[] =>
  alarms.map(({ condition }) => condition.id);

test("an unacknowledged low alarm stands above an acknowledged emergency", () => {
  const low = alarmWith({}, { id: "low", priority: "low" });
  const known = alarmWith({ shown: "acknowledged" }, { id: "known", priority: "emergency" });
  expect(ids(orderAlarms([known, low]))).toEqual(["low", "known"]);
});

test("among unacknowledged ones priority comes first, then the newest", () => {
  const old = alarmWith({}, { id: "old", lastRaisedAtMs: 1 });
  const young = alarmWith({}, { id: "young", lastRaisedAtMs: 2 });
  const top = alarmWith({}, { id: "top", priority: "emergency", lastRaisedAtMs: 0 });
  expect(ids(orderAlarms([old, young, top]))).toEqual(["top", "young", "old"]);
});

test("what is over but was never acknowledged stays open; what is cleared does not", () => {
  const over = alarmWith({ shown: "returnedUnacknowledged" }, { id: "over" });
  const cleared = alarmWith({ shown: "cleared" }, { id: "cleared" });
  expect(ids(openAlarms([cleared, over]))).toEqual(["over"]);
  expect(needsAcknowledging(over)).toBe(true);
  expect(needsAcknowledging(cleared)).toBe(false);
});

test("a screen reader meets each unacknowledged alarm after all that were raised before it", () => {
  const older = alarmWith({}, { id: "older", priority: "low", lastRaisedAtMs: 1 });
  const known = alarmWith({ shown: "acknowledged" }, { id: "known", lastRaisedAtMs: 2 });
  const newer = alarmWith({}, { id: "newer", priority: "emergency", lastRaisedAtMs: 3 });
  expect(ids(toReadOut(orderAlarms([known, older])))).toEqual(["older"]);
  expect(ids(toReadOut(orderAlarms([known, older, newer])))).toEqual(["older", "newer"]);
});

test("after an acknowledged alarm comes the one below it, else the first, else none", () => {
  const [a, b, c] = ["a", "b", "c"].map((id) => alarmWith({}, { id, lastRaisedAtMs: 1 }));
  const seen = (id: string) => alarmWith({ shown: "acknowledged" }, { id, lastRaisedAtMs: 1 });
  const after = (id: string, ...alarms: (typeof a)[]): string | undefined =>
    nextToAcknowledge(orderAlarms(alarms.flatMap((one) => one ?? [])), ["a", "b", "c"], id);
  expect(after("a", seen("a"), b, c)).toBe("b");
  expect(after("b", a, seen("b"), c)).toBe("c");
  expect(after("c", a, b, seen("c"))).toBe("a");
  expect(after("b", seen("a"), seen("b"), seen("c"))).toBeUndefined();
  const newer = alarmWith({}, { id: "new", lastRaisedAtMs: 2 });
  expect(after("a", seen("a"), b, c, newer)).toBe("b");
});
