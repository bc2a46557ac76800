// A person's order as the command that one kind of autopilot understands, how often it may be sent,
// and what its heartbeat shows once it is done. Called by the command service of ingest.
// https://mavlink.io/en/messages/common.html#mav_commands
import type { CommandAction } from "../../contract/wire/command.ts";
import { flightModeNumber, type Firmware } from "./flight-mode.ts";
import type { CommandIntMessage, CommandLongMessage, CommandParams } from "./station-message.ts";

/** What is known of the vehicle that an order depends on. */
export interface OrderedVehicle {
  readonly firmware: Firmware;
  /** MAV_TYPE: an ArduPlane that can hover lands as such. */
  readonly vehicleType: number;
  /** Height of its home; null until it has told. */
  readonly homeAltitudeAmslM: number | null;
}

/** What a heartbeat after the command must show. */
export type Expectation =
  | { readonly kind: "mode"; readonly customMode: number }
  | { readonly kind: "armed"; readonly armed: boolean }
  /** MAV_STATE_ACTIVE, which an ArduPilot shows in flight. */
  | { readonly kind: "flying" }
  | { readonly kind: "nothing" };

/** A command ready to be sent. */
export interface CommandOrder {
  /** MAV_CMD; its COMMAND_ACK names it. */
  readonly command: number;
  /** The same for every sending but for the count of a COMMAND_LONG. */
  message(confirmation: number): CommandLongMessage | CommandIntMessage;
  /** 1: a second sending could do again what was done. */
  readonly sendsMax: number;
  readonly expected: Expectation;
}

/** Or why this vehicle cannot be told so. */
export type OrderOrNot =
  | { readonly kind: "order"; readonly order: CommandOrder }
  /** Its autopilot has no such mode or command. */
  | { readonly kind: "notForThisAutopilot" }
  /** Its heights are above sea level, and it has not told how high its home lies. */
  | { readonly kind: "homeUnknown" };

/** RTL, LAND and HOLD: once more leads to the same. Nothing else is ever sent twice. */
export const safeSendsMax = 3;

const commands = {
  returnToLaunch: 20, // MAV_CMD_NAV_RETURN_TO_LAUNCH
  land: 21, // MAV_CMD_NAV_LAND
  takeOff: 22, // MAV_CMD_NAV_TAKEOFF
  setMode: 176, // MAV_CMD_DO_SET_MODE
  reposition: 192, // MAV_CMD_DO_REPOSITION
  reboot: 246, // MAV_CMD_PREFLIGHT_REBOOT_SHUTDOWN
  arm: 400, // MAV_CMD_COMPONENT_ARM_DISARM
} as const;

const customModeEnabled = 1; // MAV_MODE_FLAG_CUSTOM_MODE_ENABLED
const changeMode = 1; // MAV_DO_REPOSITION_FLAGS_CHANGE_MODE
const frames = { amsl: 0, aboveHome: 6 } as const; // MAV_FRAME_GLOBAL, …_RELATIVE_ALT_INT
/** MAV_TYPE_VTOL_…: 19 to 25. */
const vtolTypeMin = 19;
const vtolTypeMax = 25;

/** The command for an action, by the vehicle's autopilot. */
export function commandOrder(action: CommandAction, vehicle: OrderedVehicle): OrderOrNot {
  const { firmware } = vehicle;
  switch (action.kind) {
    case "returnHome":
      if (firmware === "sub") return { kind: "notForThisAutopilot" };
      return ordered(commands.returnToLaunch, [], safeSendsMax, modeShown(firmware, "RTL"));
    case "land":
      return landing(vehicle);
    case "hold":
      return modeOrder(firmware, holdMode(vehicle), safeSendsMax);
    case "arm":
    case "disarm": {
      const armed = action.kind === "arm";
      return ordered(commands.arm, [armed ? 1 : 0], 1, { kind: "armed", armed });
    }
    case "takeOff":
      return takeOff(vehicle, action.heightAboveHomeM);
    case "goTo":
      return goTo(vehicle, action);
    case "setMode":
      return modeOrder(firmware, action.modeName, 1);
    case "reboot":
      return ordered(commands.reboot, [1], 1, { kind: "nothing" });
  }
}

/** BRAKE stops on the spot and needs no pilot's sticks; where there is none, the nearest to it. */
function holdMode({ firmware, vehicleType }: OrderedVehicle): string {
  switch (firmware) {
    case "copter":
      return "BRAKE";
    case "plane":
      return isVtol(vehicleType) ? "QLOITER" : "LOITER";
    case "rover":
      return "HOLD";
    case "sub":
      return "POSHOLD";
    case "px4":
      return "AUTO.LOITER";
  }
}

function landing({ firmware, vehicleType }: OrderedVehicle): OrderOrNot {
  switch (firmware) {
    case "copter":
    case "px4":
      return ordered(commands.land, [], safeSendsMax, modeShown(firmware, "LAND"));
    case "plane":
      return modeOrder(firmware, isVtol(vehicleType) ? "QLAND" : "AUTOLAND", safeSendsMax);
    case "rover":
    case "sub":
      return { kind: "notForThisAutopilot" };
  }
}

function takeOff(vehicle: OrderedVehicle, heightAboveHomeM: number): OrderOrNot {
  switch (vehicle.firmware) {
    case "copter":
    case "plane":
      return ordered(commands.takeOff, [0, 0, 0, 0, 0, 0, heightAboveHomeM], 1, { kind: "flying" });
    case "px4": {
      if (vehicle.homeAltitudeAmslM === null) return { kind: "homeUnknown" };
      // PX4 takes off above where it stands when the place is not a number.
      const altitudeAmslM = vehicle.homeAltitudeAmslM + heightAboveHomeM;
      const params = [NaN, 0, 0, NaN, NaN, NaN, altitudeAmslM] as const;
      return ordered(commands.takeOff, params, 1, modeShown("px4", "TAKEOFF"));
    }
    case "rover":
    case "sub":
      return { kind: "notForThisAutopilot" };
  }
}

function goTo(
  { firmware, homeAltitudeAmslM }: OrderedVehicle,
  { position, altitudeAboveHomeM }: Extract<CommandAction, { kind: "goTo" }>,
): OrderOrNot {
  if (firmware === "sub") return { kind: "notForThisAutopilot" };
  const isPx4 = firmware === "px4";
  if (isPx4 && homeAltitudeAmslM === null) return { kind: "homeUnknown" };
  const x = Math.round(position.latDeg * 1e7);
  const y = Math.round(position.lngDeg * 1e7);
  const z = isPx4 ? (homeAltitudeAmslM ?? 0) + altitudeAboveHomeM : altitudeAboveHomeM;
  const order: CommandOrder = {
    command: commands.reposition,
    message: () => ({
      kind: "commandInt",
      command: commands.reposition,
      frame: isPx4 ? frames.amsl : frames.aboveHome,
      params: [-1, changeMode, 0, NaN, x, y, z],
    }),
    sendsMax: 1,
    expected: modeShown(firmware, isPx4 ? "LOITER" : "GUIDED"),
  };
  return { kind: "order", order };
}

/** DO_SET_MODE: ArduPilot takes its one number, PX4 its main and sub mode apart. */
function modeOrder(firmware: Firmware, modeName: string, sendsMax: number): OrderOrNot {
  const customMode = flightModeNumber(firmware, modeName);
  if (customMode === undefined) return { kind: "notForThisAutopilot" };
  const [main, sub] =
    firmware === "px4" ? [(customMode >>> 16) & 0xff, customMode >>> 24] : [customMode, 0];
  const params = [customModeEnabled, main, sub];
  return ordered(commands.setMode, params, sendsMax, { kind: "mode", customMode });
}

function modeShown(firmware: Firmware, name: string): Expectation {
  const modeName = firmware === "px4" ? `AUTO.${name}` : name;
  const customMode = flightModeNumber(firmware, modeName);
  return customMode === undefined ? { kind: "nothing" } : { kind: "mode", customMode };
}

function ordered(
  command: number,
  given: readonly number[],
  sendsMax: number,
  expected: Expectation,
): OrderOrNot {
  const [p1 = 0, p2 = 0, p3 = 0, p4 = 0, p5 = 0, p6 = 0, p7 = 0] = given;
  const params: CommandParams = [p1, p2, p3, p4, p5, p6, p7];
  const message = (confirmation: number): CommandLongMessage => {
    return { kind: "commandLong", command, confirmation, params };
  };
  return { kind: "order", order: { command, message, sendsMax, expected } };
}

function isVtol(vehicleType: number): boolean {
  return vehicleType >= vtolTypeMin && vehicleType <= vtolTypeMax;
}
