import { expect, test } from "vitest";
import { flightModeName } from "../../../../server/mavlink/flight-mode.ts";

const arduPilot = 3;
const px4 = 12;
const px4Mode = (main: number, sub: number) => main * 2 ** 16 + sub * 2 ** 24;

const cases: readonly (readonly [number, number, number, string])[] = [
  [arduPilot, 2, 0, "STABILIZE"],
  [arduPilot, 2, 4, "GUIDED"],
  [arduPilot, 13, 6, "RTL"],
  [arduPilot, 14, 17, "BRAKE"],
  [arduPilot, 2, 9, "LAND"],
  [arduPilot, 1, 0, "MANUAL"],
  [arduPilot, 1, 11, "RTL"],
  [arduPilot, 20, 21, "QRTL"],
  [arduPilot, 10, 4, "HOLD"],
  [arduPilot, 11, 10, "AUTO"],
  [arduPilot, 12, 19, "MANUAL"],
  [arduPilot, 2, 8, "MODE 8"],
  [arduPilot, 2, 99, "MODE 99"],
  [arduPilot, 200, 4, "MODE 4"],
  [px4, 2, px4Mode(3, 0), "POSCTL"],
  [px4, 2, px4Mode(4, 5), "AUTO.RTL"],
  [px4, 2, px4Mode(4, 4), "AUTO.MISSION"],
  [px4, 2, px4Mode(6, 0), "OFFBOARD"],
  [px4, 2, px4Mode(3, 1), "POSCTL.ORBIT"],
  [px4, 2, px4Mode(4, 200), `MODE ${px4Mode(4, 200)}`],
  [px4, 2, 0, "MODE 0"],
  [0, 2, 4, "MODE 4"],
];

test.each(cases)("autopilot %i, type %i, mode %i is %s", (autopilot, type, mode, name) => {
  expect(flightModeName(autopilot, type, mode)).toBe(name);
});
