import { expect, test } from "vitest";
import { keyOfDigits, keyOfPassphrase } from "../../../../server/http/signing-key.ts";

test("a key is 64 hexadecimal digits and nothing else", () => {
  expect(keyOfDigits(`${"0F".repeat(32)}\n`)).toEqual(new Uint8Array(32).fill(15));
  for (const wrong of ["", "0f", "x".repeat(64), "0".repeat(63), "0".repeat(66)]) {
    expect(keyOfDigits(wrong)).toBeUndefined();
  }
});

test("a passphrase's key is its SHA-256, as other ground stations make it", () => {
  expect(Buffer.from(keyOfPassphrase("abc")).toString("hex")).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});
