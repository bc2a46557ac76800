import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { scanDatagram } from "../../../../server/mavlink/frame-scanner.ts";
import { isSignatureRight, parseSigningKey } from "../../../../server/mavlink/signing.ts";

interface GoldenLine {
  readonly type: "session" | "frame";
  readonly session: number;
  readonly key?: string;
  readonly hex?: string;
  readonly reason?: string;
}

const lines = readFileSync("tests/golden/signing.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as GoldenLine);

function signaturesOf(reasons: readonly string[]): boolean[] {
  const verdicts: boolean[] = [];
  let key = new Uint8Array(0);
  for (const line of lines) {
    if (line.key !== undefined) key = new Uint8Array(Buffer.from(line.key, "hex"));
    if (line.type !== "frame" || !reasons.includes(line.reason ?? "")) continue;
    scanDatagram(new Uint8Array(Buffer.from(line.hex ?? "", "hex")), (frame) => {
      verdicts.push(isSignatureRight(frame, key));
    });
  }
  return verdicts;
}

test("every signature that golden accepts is right", () => {
  expect(signaturesOf(["ok"])).toEqual(Array(31).fill(true));
});

test("a replayed or late frame still has a right signature", () => {
  expect(signaturesOf(["replay", "old_new_stream"])).toEqual(Array(10).fill(true));
});

test("every signature that golden calls bad is wrong", () => {
  expect(signaturesOf(["bad_signature"])).toEqual(Array(12).fill(false));
});

test("a frame without a signature has no right one", () => {
  const verdicts = signaturesOf(["unsigned", "unsigned_allowed"]);
  expect(verdicts).toEqual(Array(10).fill(false));
});

test("a key is 64 hexadecimal digits and nothing else", () => {
  expect(parseSigningKey(`${"0f".repeat(32)}\n`)).toEqual(new Uint8Array(32).fill(15));
  for (const wrong of ["", "0f", "x".repeat(64), "0".repeat(63), "0".repeat(66)]) {
    expect(parseSigningKey(wrong)).toBeUndefined();
  }
});
