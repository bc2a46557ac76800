import { expect, test } from "vitest";
import {
  hongKongDateText,
  hongKongDay,
  parseClockMinutes,
  parseHongKongDateMs,
  parseHongKongMs,
} from "../../../../../client/app/i18n/hong-kong-time.ts";

test("a date and a time are read as Hong Kong's", () => {
  expect(parseHongKongMs("2026-11-22", "14:05")).toBe(Date.UTC(2026, 10, 22, 6, 5));
});

test("the first hours of a Hong Kong day lie on the UTC day before", () => {
  expect(parseHongKongMs("2026-11-22", "00:30")).toBe(Date.UTC(2026, 10, 21, 16, 30));
  expect(hongKongDateText(Date.UTC(2026, 10, 21, 16, 30))).toBe("2026-11-22");
});

test("24:00 is the end of the day", () => {
  expect(parseHongKongMs("2026-11-22", "24:00")).toBe(parseHongKongMs("2026-11-23", "00:00"));
});

test.each(["2026-02-30", "2026-13-01", "22/11/2026", "", "2026-1-1"])(
  "%j is no date that exists",
  (text) => {
    expect(parseHongKongDateMs(text)).toBeUndefined();
  },
);

test.each([
  ["14:05", 845],
  ["9:05", 545],
  ["0905", 545],
  ["905", 545],
  ["00:00", 0],
])("%j is a time of day", (text, minutes) => {
  expect(parseClockMinutes(text)).toBe(minutes);
});

test.each(["24:01", "12:60", "noon", "", "1", "-1:00"])("%j is no time of day", (text) => {
  expect(parseClockMinutes(text)).toBeUndefined();
});

test("a day is half-open and 24 hours long, from Hong Kong's midnight", () => {
  const day = hongKongDay(Date.UTC(2026, 10, 22, 6));
  expect(day).toEqual({
    startMs: Date.UTC(2026, 10, 21, 16),
    endMs: Date.UTC(2026, 10, 22, 16),
  });
  expect(hongKongDay(day.endMs).startMs).toBe(day.endMs);
  expect(hongKongDay(day.startMs, -1).endMs).toBe(day.startMs);
});
