import { expect, test } from "vitest";
import { alarmKindSchema } from "../../../../contract/wire/alarm.ts";
import { alarmMessages } from "../../../../client/app/i18n/alarm-messages.ts";
import { makeFormat } from "../../../../client/app/i18n/format.ts";
import { languages } from "../../../../client/app/i18n/messages.ts";
import {
  alarmBooking,
  alarmDrone,
  alarmExcess,
  alarmPlace,
  alarmTimes,
  alarmWhat,
} from "../../../../client/control/alarm-text.ts";
import { conditionWith } from "../../../support/alarm-samples.ts";

const english = makeFormat("en");
const text = alarmMessages.en;

test("every kind of alarm has a name of its own in both languages", () => {
  for (const language of languages) {
    const names = alarmKindSchema.options.map((kind) => alarmMessages[language].kind[kind]);
    expect(names.every((name) => name.trim() !== "")).toBe(true);
    expect(new Set(names).size).toBe(alarmKindSchema.options.length);
  }
  for (const kind of alarmKindSchema.options) {
    expect(alarmMessages.zhHant.kind[kind]).toMatch(/[\u4e00-\u9fff]/);
  }
});

test("the drone has its system id beside its name, and an unknown one has nothing else", () => {
  expect(alarmDrone(conditionWith(), text, english)).toBe("Kestrel (system 1)");
  const unknown = conditionWith({ vehicleName: "", sysid: 9 });
  expect(alarmDrone(unknown, text, english)).toBe("Unknown drone, system 9");
});

test("a flood that no system sent goes by its sender's address alone", () => {
  const flood = conditionWith({ kind: "linkFlooded", vehicleName: "127.0.0.1:5000", sysid: 0 });
  expect(alarmDrone(flood, text, english)).toBe("127.0.0.1:5000");
});

test("an alarm goes by its own booking, and where there is none says so", () => {
  expect(alarmBooking(conditionWith(), "Harbour Robotics", text)).toBe("Pier survey");
  expect(alarmBooking(conditionWith({ bookingTitle: null }), undefined, text)).toBe("no booking");
});

test("a wrong drone is in the airspace of the booking entered, and of its company if known", () => {
  const wrong = conditionWith({ kind: "wrongDrone", bookingTitle: "Flight b" });
  expect(alarmBooking(wrong, "Harbour Robotics", text)).toBe(
    "in the airspace of Flight b (Harbour Robotics)",
  );
  expect(alarmBooking(wrong, undefined, text)).toBe("in the airspace of Flight b");
  const untold = conditionWith({ kind: "wrongDrone", bookingTitle: null });
  expect(alarmBooking(untold, undefined, text)).toBe("in the airspace of another booking");
});

test("another company's drone in the reader's airspace has no name and no system id", () => {
  const untold = conditionWith({ kind: "wrongDrone", vehicleKey: "", vehicleName: "", sysid: 0 });
  expect(alarmDrone(untold, text, english)).toBe("A drone not named by your booking");
});

test("a breach says how far beyond which limit, with the limit's datum", () => {
  expect(alarmExcess(conditionWith(), text, english)).toBe("12 m beyond, limit 120 m above home");
});

test("what was worst counts, and once it is over the sentence says so", () => {
  const worst = { ...conditionWith().first, excessM: 40 } as never;
  const over = conditionWith({ worst, state: "returned", limit: null });
  expect(alarmExcess(over, text, english)).toBe("40 m at worst");
});

test("an alarm without a measure says nothing of an excess", () => {
  const lost = conditionWith({ kind: "linkLost", first: null, limit: null });
  expect(alarmExcess(lost, text, english)).toBe("");
  expect(alarmPlace(lost, english)).toBe("");
});

test("a zone is named in the reader's language", () => {
  const zoneName = { en: "Residence Bel-Air", zhHant: "貝沙灣" };
  const condition = conditionWith({ kind: "keepOut", zoneName });
  expect(alarmWhat(condition, text, english)).toBe("Inside a keep-out zone: Residence Bel-Air");
  expect(alarmWhat(condition, alarmMessages.zhHant, makeFormat("zhHant"))).toContain("貝沙灣");
});

test("a place has both heights, each with its datum", () => {
  expect(alarmPlace(conditionWith(), english)).toBe(
    "22.25880, 114.12620 · 132 m above home · 135 m AMSL",
  );
});

test("times are Hong Kong's, with the count from the second time on, and the end", () => {
  const once = conditionWith();
  expect(alarmTimes(once, text, english)).toBe("since 14:05:09 HKT");
  const twice = conditionWith({
    count: 2,
    state: "returned",
    returnedAtMs: once.raisedAtMs + 30_000,
  });
  expect(alarmTimes(twice, text, english)).toBe(
    "since 14:05:09 HKT, 2 times, over at 14:05:39 HKT",
  );
});
