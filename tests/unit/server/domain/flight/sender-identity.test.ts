import { expect, test } from "vitest";
import {
  isSameAutopilot,
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
const alone = { timedCopies: 0, frames: 20, copies: 0 };
const sender: NewSender = { sinceMs: 11_000, isBooting: false, bootMs: undefined, ...alone };

const bothSend: KnownSender = { ...known, lastHeartbeatAtMs: 11_001, lastFrameAtMs: 12_600 };

test("both sending at the same time are twins, said within 2 s", () => {
  expect(judgeSender(bothSend, sender, 12_499)).toBe("wait");
  expect(judgeSender(bothSend, sender, 12_500)).toBe("twin");
});

test("both sending the same frames are one vehicle by two ways", () => {
  expect(judgeSender(bothSend, { ...sender, timedCopies: 2 }, 11_300)).toBe("wait");
  expect(judgeSender(bothSend, { ...sender, timedCopies: 3 }, 11_300)).toBe("alsoHere");
});

test("copies without a boot clock put the verdict off, not away", () => {
  const copying = { ...sender, frames: 2, copies: 1 };
  expect(judgeSender(bothSend, copying, 20_999)).toBe("wait");
  expect(judgeSender(bothSend, copying, 21_000)).toBe("twin");
  expect(judgeSender(bothSend, { ...copying, frames: 3 }, 12_500)).toBe("twin");
});

test("where all that comes are copies, a few of any kind show that they are one", () => {
  const copying = { ...sender, frames: 6, copies: 5 };
  expect(judgeSender(bothSend, copying, 15_000)).toBe("alsoHere");
  expect(judgeSender(bothSend, { ...copying, frames: 7 }, 15_000)).toBe("wait");
  expect(judgeSender(bothSend, { ...copying, frames: 5, copies: 4 }, 15_000)).toBe("wait");
});

test("one autopilot by two links names itself alike and booted at one moment", () => {
  const seen = { autopilotUid: "aa", clock };
  const later = { ...clock, offsetMs: 1_001 };
  expect(isSameAutopilot(seen, { ...seen, clock: { ...clock, offsetMs: 1_000 } })).toBe(true);
  expect(isSameAutopilot(seen, { ...seen, clock: later })).toBe(false);
  expect(isSameAutopilot(seen, { ...seen, autopilotUid: "bb" })).toBe(false);
  const unnamed = { ...seen, autopilotUid: undefined };
  expect(isSameAutopilot(unnamed, unnamed)).toBe(false);
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
