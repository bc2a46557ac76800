import { expect, test } from "vitest";
import { makeFormat } from "../../../../../client/app/i18n/format.ts";

const en = makeFormat("en");
const zh = makeFormat("zhHant");
// 2026-11-22T06:05:09Z is 14:05:09 in Hong Kong, whatever the machine's zone.
const timeMs = Date.UTC(2026, 10, 22, 6, 5, 9);
const hourMs = 3_600_000;

test("a time has seconds and names its zone", () => {
  expect(en.time(timeMs)).toBe("14:05:09 HKT");
  expect(zh.time(timeMs)).toBe("14:05:09 HKT");
});

test("midnight in Hong Kong is 00:00, not 24:00", () => {
  expect(en.time(Date.UTC(2026, 10, 21, 16))).toBe("00:00:00 HKT");
});

test("a date is Hong Kong's: late in the UTC day it is already tomorrow", () => {
  const lateMs = Date.UTC(2026, 10, 22, 16, 30);
  expect(en.date(lateMs)).toBe("Mon 23 Nov 2026");
  expect(zh.date(lateMs)).toBe("2026年11月23日星期一");
  expect(en.dateTime(lateMs)).toBe("23 Nov 2026, 00:30 HKT");
});

test("a window within one day gives its times, and 24:00 where it ends at midnight", () => {
  expect(en.window(timeMs, timeMs + hourMs)).toBe("14:05–15:05");
  const midnightMs = Date.UTC(2026, 10, 22, 16);
  expect(en.window(midnightMs - hourMs, midnightMs)).toBe("23:00–24:00");
});

test("a window over midnight gives both dates", () => {
  const midnightMs = Date.UTC(2026, 10, 22, 16);
  expect(en.window(midnightMs - hourMs, midnightMs + hourMs)).toBe(
    "22 Nov 2026, 23:00 HKT – 23 Nov 2026, 01:00 HKT",
  );
});

test.each([
  [0, "0 s"],
  [45_000, "45 s"],
  [90_000, "1 min 30 s"],
  [30 * 60_000, "30 min"],
  [90 * 60_000, "1 h 30 min"],
  [2 * hourMs, "2 h"],
  [-5_000, "0 s"],
])("a duration of %d ms is %s", (durationMs, text) => {
  expect(en.duration(durationMs)).toBe(text);
});

test("a height never stands without its datum", () => {
  expect(en.height(32.4, "AMSL")).toBe("32 m AMSL");
  expect(en.height(29, "ABOVE_HOME")).toBe("29 m above home");
  expect(en.height(28.96, "AGL", 1)).toBe("29.0 m above ground");
  expect(zh.height(32.4, "AMSL")).toBe("平均海平面以上 32 米");
});

test("a height that rounds to nothing is 0, not -0", () => {
  expect(en.height(-0.3, "ABOVE_HOME")).toBe("0 m above home");
  expect(en.height(-0.04, "ABOVE_HOME", 1)).toBe("0.0 m above home");
});

test("a band says which side is open", () => {
  expect(en.band({ reference: "ABOVE_HOME", lowerM: 0, upperM: 60 })).toBe("0–60 m above home");
  expect(en.band({ reference: "AGL", lowerM: null, upperM: 90 })).toBe("up to 90 m above ground");
  expect(en.band({ reference: "AMSL", lowerM: 50, upperM: null })).toBe("from 50 m AMSL");
  expect(en.band({ reference: "AMSL", lowerM: null, upperM: null })).toBe("all heights");
  expect(zh.band({ reference: "AGL", lowerM: null, upperM: 90 })).toBe("地面以上 90 米以下");
});

test("a distance is in metres below a kilometre and in kilometres from there", () => {
  expect(en.distance(250.4)).toBe("250 m");
  expect(en.distance(2_400)).toBe("2.40 km");
  expect(zh.distance(2_400)).toBe("2.40 公里");
});

test("a position is latitude, longitude to about a metre", () => {
  expect(en.position({ latDeg: 22.2589, lngDeg: 114.1296 })).toBe("22.25890, 114.12960");
});

test("a drone that nobody registered is called by its system, in the reader's language", () => {
  for (const nameless of ["", "sysid 7"]) {
    expect(en.drone(nameless, 7)).toBe("Unknown drone, system 7");
    expect(en.droneWithSystem(nameless, 7)).toBe("Unknown drone, system 7");
    expect(zh.drone(nameless, 7)).toBe("不明無人機，系統編號 7");
    expect(zh.droneWithSystem(nameless, 7)).toBe("不明無人機，系統編號 7");
  }
});

test("a registered drone goes by its name, with its system where several may share a name", () => {
  expect(en.drone("Heron 1", 7)).toBe("Heron 1");
  expect(en.droneWithSystem("Heron 1", 7)).toBe("Heron 1 (system 7)");
  expect(zh.droneWithSystem("Heron 1", 7)).toBe("Heron 1 (系統編號 7)");
});
