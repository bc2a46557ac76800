import { expect, test } from "vitest";
import {
  flightStep,
  isBootingAgain,
  isDueToSeal,
  isSessionOver,
} from "../../../../../server/domain/flight/flight-life.ts";

const flying = { disarmedAtMs: null };
const landed = { disarmedAtMs: 100_000 };

test("arming starts a flight, disarming lands it, and nothing else does anything", () => {
  expect(flightStep(undefined, true, 0)).toBe("start");
  expect(flightStep(undefined, false, 0)).toBe("none");
  expect(flightStep(flying, true, 0)).toBe("none");
  expect(flightStep(flying, false, 0)).toBe("land");
  expect(flightStep(landed, false, 100_001)).toBe("none");
});

test("arming again within 60 s continues the flight, later it is the next one", () => {
  expect(flightStep(landed, true, 159_999)).toBe("continue");
  expect(flightStep(landed, true, 160_000)).toBe("start");
});

test("a landed flight is sealed 60 s after disarming, one in the air never", () => {
  expect(isDueToSeal(landed, 159_999)).toBe(false);
  expect(isDueToSeal(landed, 160_000)).toBe(true);
  expect(isDueToSeal(flying, 1e12)).toBe(false);
  expect(isDueToSeal(undefined, 1e12)).toBe(false);
});

test("ten minutes of silence end a session of a disarmed vehicle only", () => {
  expect(isSessionOver(false, 0, 599_999)).toBe(false);
  expect(isSessionOver(false, 0, 600_000)).toBe(true);
  expect(isSessionOver(true, 0, 1e12)).toBe(false);
});

test("a vehicle that was up and says that it boots has rebooted; the first boot is none", () => {
  const boot = { systemStatus: 1, armed: false };
  expect(isBootingAgain({ systemStatus: 3 }, boot)).toBe(true);
  expect(isBootingAgain({ systemStatus: 1 }, boot)).toBe(false);
  expect(isBootingAgain(undefined, boot)).toBe(false);
  expect(isBootingAgain({ systemStatus: 3 }, { systemStatus: 5, armed: true })).toBe(false);
});
