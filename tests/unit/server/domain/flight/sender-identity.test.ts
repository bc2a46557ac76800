import { expect, test } from "vitest";
import {
  judgeSender,
  type KnownSender,
  type NewSender,
} from "../../../../../server/domain/flight/sender-identity.ts";

const clock = {
  offsetMs: 0,
  offsetAtMs: 0,
  newestBootMs: 90_000,
  newestPositionBootMs: 90_000,
  back: null,
};
const known: KnownSender = { lastHeartbeatAtMs: 10_000, lastFrameAtMs: 10_500, clock };
const sender: NewSender = { sinceMs: 11_000, isBooting: false, bootMs: undefined };

test("both sending at the same time are twins", () => {
  expect(judgeSender({ ...known, lastHeartbeatAtMs: 11_001 }, sender, 11_001)).toBe("twin");
});

test("nothing is said before the known address has been silent for 2 s", () => {
  expect(judgeSender(known, { ...sender, isBooting: true }, 12_499)).toBe("wait");
  expect(judgeSender(known, { ...sender, isBooting: true }, 12_500)).toBe("rebooted");
});

test("a boot clock that went back is a reboot, one that goes on is the same boot", () => {
  expect(judgeSender(known, { ...sender, bootMs: 5_000 }, 13_000)).toBe("rebooted");
  expect(judgeSender(known, { ...sender, bootMs: 93_000 }, 13_000)).toBe("moved");
});

test("a boot clock is waited for, but not for long", () => {
  const late = { ...sender, sinceMs: 20_000 };
  expect(judgeSender(known, late, 20_999)).toBe("wait");
  expect(judgeSender(known, late, 21_000)).toBe("moved");
});
