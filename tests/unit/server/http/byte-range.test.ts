// Ranges of a download, as RFC 9110 section 14 has them.
import { expect, test } from "vitest";
import { readByteRange } from "../../../../server/http/byte-range.ts";

test.each([
  [undefined, { kind: "whole" }],
  ["bytes=0-99", { kind: "part", from: 0, to: 100 }],
  ["bytes=10-19", { kind: "part", from: 10, to: 20 }],
  ["bytes=90-", { kind: "part", from: 90, to: 100 }],
  ["bytes=90-500", { kind: "part", from: 90, to: 100 }],
  ["bytes=-10", { kind: "part", from: 90, to: 100 }],
  ["bytes=-500", { kind: "part", from: 0, to: 100 }],
  ["bytes=100-", { kind: "unsatisfiable" }],
  ["bytes=-0", { kind: "unsatisfiable" }],
  ["bytes=20-10", { kind: "whole" }],
  ["bytes=0-1,5-6", { kind: "whole" }],
  ["lines=0-1", { kind: "whole" }],
  ["bytes=-", { kind: "whole" }],
])("of 100 bytes, %s is answered with %o", (header, answer) => {
  expect(readByteRange(header, 100)).toEqual(answer);
});

test("nothing can be taken of an empty log", () => {
  expect(readByteRange("bytes=0-", 0)).toEqual({ kind: "unsatisfiable" });
  expect(readByteRange(undefined, 0)).toEqual({ kind: "whole" });
});
