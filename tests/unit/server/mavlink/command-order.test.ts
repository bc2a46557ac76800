// Which command each autopilot is given for an order.
import { expect, test } from "vitest";
import {
  commandOrder,
  type CommandOrder,
  type OrderedVehicle,
} from "../../../../server/mavlink/command-order.ts";
import { firmwareOf } from "../../../../server/mavlink/flight-mode.ts";
import type { CommandAction } from "../../../../contract/wire/command.ts";

const copter: OrderedVehicle = { firmware: "copter", vehicleType: 2, homeAltitudeAmslM: 3 };
const plane: OrderedVehicle = { ...copter, firmware: "plane", vehicleType: 1 };
const vtol: OrderedVehicle = { ...plane, vehicleType: 21 };
const rover: OrderedVehicle = { ...copter, firmware: "rover", vehicleType: 10 };
const px4: OrderedVehicle = { ...copter, firmware: "px4" };

function orderFor(action: CommandAction, vehicle: OrderedVehicle): CommandOrder | undefined {
  const found = commandOrder(action, vehicle);
  return found.kind === "order" ? found.order : undefined;
}

function modeAsked(action: CommandAction, vehicle: OrderedVehicle): number[] | undefined {
  const order = orderFor(action, vehicle);
  return order?.command === 176 ? order.message(0).params.slice(0, 3) : undefined;
}

test("HOLD is BRAKE on a copter, LOITER on a plane, HOLD on a rover, AUTO.LOITER on PX4", () => {
  expect(modeAsked({ kind: "hold" }, copter)).toEqual([1, 17, 0]);
  expect(modeAsked({ kind: "hold" }, plane)).toEqual([1, 12, 0]);
  expect(modeAsked({ kind: "hold" }, vtol)).toEqual([1, 19, 0]);
  expect(modeAsked({ kind: "hold" }, rover)).toEqual([1, 4, 0]);
  expect(modeAsked({ kind: "hold" }, px4)).toEqual([1, 4, 3]);
});

test("RTL and LAND are commands of their own, shown by the mode of that autopilot", () => {
  expect(orderFor({ kind: "returnHome" }, copter)).toMatchObject({
    command: 20,
    expected: { kind: "mode", customMode: 6 },
  });
  expect(orderFor({ kind: "returnHome" }, plane)?.expected).toEqual({
    kind: "mode",
    customMode: 11,
  });
  expect(orderFor({ kind: "returnHome" }, px4)?.expected).toEqual({
    kind: "mode",
    customMode: (5 << 24) | (4 << 16),
  });
  expect(orderFor({ kind: "land" }, copter)).toMatchObject({
    command: 21,
    expected: { kind: "mode", customMode: 9 },
  });
  expect(modeAsked({ kind: "land" }, vtol)).toEqual([1, 20, 0]);
});

test("only RTL, LAND and HOLD may be sent again", () => {
  const position = { latDeg: 22.26, lngDeg: 114.13 };
  const sendsMax = (action: CommandAction) => orderFor(action, copter)?.sendsMax;
  expect(sendsMax({ kind: "returnHome" })).toBe(3);
  expect(sendsMax({ kind: "land" })).toBe(3);
  expect(sendsMax({ kind: "hold" })).toBe(3);
  expect(sendsMax({ kind: "arm" })).toBe(1);
  expect(sendsMax({ kind: "disarm" })).toBe(1);
  expect(sendsMax({ kind: "takeOff", heightAboveHomeM: 20 })).toBe(1);
  expect(sendsMax({ kind: "goTo", position, altitudeAboveHomeM: 20 })).toBe(1);
  expect(sendsMax({ kind: "setMode", modeName: "GUIDED" })).toBe(1);
  expect(sendsMax({ kind: "reboot" })).toBe(1);
});

test("a place is sent in 1e-7 degrees, above home to ArduPilot and above the sea to PX4", () => {
  const position = { latDeg: 22.2607123, lngDeg: 114.1296456 };
  const action: CommandAction = { kind: "goTo", position, altitudeAboveHomeM: 30 };
  expect(orderFor(action, copter)?.message(0)).toMatchObject({
    kind: "commandInt",
    command: 192,
    frame: 6,
    params: [-1, 1, 0, NaN, 222_607_123, 1_141_296_456, 30],
  });
  expect(orderFor(action, px4)?.message(0)).toMatchObject({ frame: 0 });
  expect(orderFor(action, px4)?.message(0).params[6]).toBe(33);
});

test("what an autopilot cannot do is said, not sent", () => {
  expect(commandOrder({ kind: "land" }, rover)).toEqual({ kind: "notForThisAutopilot" });
  expect(commandOrder({ kind: "setMode", modeName: "NO_SUCH" }, copter)).toEqual({
    kind: "notForThisAutopilot",
  });
  const unknownHome = { ...px4, homeAltitudeAmslM: null };
  expect(commandOrder({ kind: "takeOff", heightAboveHomeM: 10 }, unknownHome)).toEqual({
    kind: "homeUnknown",
  });
});

test("the firmware is known by autopilot and kind of vehicle, and only where its modes are", () => {
  expect(firmwareOf(3, 2)).toBe("copter");
  expect(firmwareOf(3, 1)).toBe("plane");
  expect(firmwareOf(3, 11)).toBe("rover");
  expect(firmwareOf(12, 2)).toBe("px4");
  expect(firmwareOf(3, 99)).toBeUndefined();
  expect(firmwareOf(0, 2)).toBeUndefined();
});
