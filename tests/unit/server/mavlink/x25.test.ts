import { expect, test } from "vitest";
import { crcX25, crcX25Byte } from "../../../../server/mavlink/x25.ts";

const digits = new TextEncoder().encode("123456789");

test('the checksum of "123456789" is the published check value of CRC-16/MCRF4XX', () => {
  expect(crcX25(digits, 0, digits.length)).toBe(0x6f91);
});

test("a checksum taken on in parts equals the checksum of the whole", () => {
  const firstPart = crcX25(digits, 0, 4);
  expect(crcX25(digits, 4, 8, firstPart)).toBe(crcX25(digits, 0, 8));
  expect(crcX25Byte(crcX25(digits, 0, 8), 0x39)).toBe(0x6f91);
});

test("an empty range gives the seed back", () => {
  expect(crcX25(digits, 3, 3)).toBe(0xffff);
  expect(crcX25(digits, 3, 3, 0x1234)).toBe(0x1234);
});
