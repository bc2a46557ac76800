import { expect, test } from "vitest";
import {
  lateFrame,
  repeatedFrame,
  sequenceStep,
} from "../../../../../server/domain/flight/sequence-step.ts";

test("the frames between two numbers are missing, across the turn from 255 to 0", () => {
  expect(sequenceStep(7, 8, 10)).toBe(0);
  expect(sequenceStep(7, 12, 10)).toBe(4);
  expect(sequenceStep(254, 1, 10)).toBe(2);
});

test("a number behind the last one is a late frame, the same one a copy", () => {
  expect(sequenceStep(8, 7, 10)).toBe(lateFrame);
  expect(sequenceStep(2, 250, 10)).toBe(lateFrame);
  expect(sequenceStep(8, 8, 10)).toBe(repeatedFrame);
});

test("after a silence every number is ahead: what is missing is known modulo 256", () => {
  expect(sequenceStep(8, 7, 20_000)).toBe(254);
  expect(sequenceStep(8, 8, 20_000)).toBe(255);
});
