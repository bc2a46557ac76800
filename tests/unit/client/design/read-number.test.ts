import { expect, test } from "vitest";
import { numberText, readNumber } from "../../../../client/design/read-number.ts";

test.each([
  ["60", 60],
  [" 22.2589 ", 22.2589],
  ["-3.5", -3.5],
  ["−3", -3],
  ["5.", 5],
  [".5", 0.5],
  ["１２０", 120],
])("%j is the number %d", (text, value) => {
  expect(readNumber(text)).toBe(value);
});

test.each(["", "-", "1,000", "1,5", "12 m", "1e3", "0x10", "NaN", "Infinity"])(
  "%j is no number",
  (text) => {
    expect(readNumber(text)).toBeNaN();
  },
);

test("a number is shown without needless decimals, and no number as nothing", () => {
  expect(numberText(22.2589, 6)).toBe("22.2589");
  expect(numberText(100.4, 0)).toBe("100");
  expect(numberText(Number.NaN, 2)).toBe("");
});
