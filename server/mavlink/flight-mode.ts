// Names of flight modes, as the autopilot's own users say them. HEARTBEAT carries only a number
// whose meaning depends on the firmware and on what it flies.
// Sources: ArduPilot mode.h of Copter, Plane, Rover and Sub (4.6); PX4 px4_custom_mode.h.

const autopilotArduPilot = 3; // MAV_AUTOPILOT_ARDUPILOTMEGA
const autopilotPx4 = 12; // MAV_AUTOPILOT_PX4

type ModeNames = Readonly<Record<number, string>>;

const copterModes: ModeNames = {
  0: "STABILIZE",
  1: "ACRO",
  2: "ALT_HOLD",
  3: "AUTO",
  4: "GUIDED",
  5: "LOITER",
  6: "RTL",
  7: "CIRCLE",
  9: "LAND",
  11: "DRIFT",
  13: "SPORT",
  14: "FLIP",
  15: "AUTOTUNE",
  16: "POSHOLD",
  17: "BRAKE",
  18: "THROW",
  19: "AVOID_ADSB",
  20: "GUIDED_NOGPS",
  21: "SMART_RTL",
  22: "FLOWHOLD",
  23: "FOLLOW",
  24: "ZIGZAG",
  25: "SYSTEMID",
  26: "AUTOROTATE",
  27: "AUTO_RTL",
  28: "TURTLE",
};

const planeModes: ModeNames = {
  0: "MANUAL",
  1: "CIRCLE",
  2: "STABILIZE",
  3: "TRAINING",
  4: "ACRO",
  5: "FBWA",
  6: "FBWB",
  7: "CRUISE",
  8: "AUTOTUNE",
  10: "AUTO",
  11: "RTL",
  12: "LOITER",
  13: "TAKEOFF",
  14: "AVOID_ADSB",
  15: "GUIDED",
  16: "INITIALISING",
  17: "QSTABILIZE",
  18: "QHOVER",
  19: "QLOITER",
  20: "QLAND",
  21: "QRTL",
  22: "QAUTOTUNE",
  23: "QACRO",
  24: "THERMAL",
  25: "LOITER_ALT_QLAND",
  26: "AUTOLAND",
};

const roverModes: ModeNames = {
  0: "MANUAL",
  1: "ACRO",
  3: "STEERING",
  4: "HOLD",
  5: "LOITER",
  6: "FOLLOW",
  7: "SIMPLE",
  8: "DOCK",
  9: "CIRCLE",
  10: "AUTO",
  11: "RTL",
  12: "SMART_RTL",
  15: "GUIDED",
  16: "INITIALISING",
};

const subModes: ModeNames = {
  0: "STABILIZE",
  1: "ACRO",
  2: "ALT_HOLD",
  3: "AUTO",
  4: "GUIDED",
  7: "CIRCLE",
  9: "SURFACE",
  16: "POSHOLD",
  19: "MANUAL",
  20: "MOTOR_DETECT",
  21: "SURFTRAK",
};

const px4MainModes: ModeNames = {
  1: "MANUAL",
  2: "ALTCTL",
  3: "POSCTL",
  4: "AUTO",
  5: "ACRO",
  6: "OFFBOARD",
  7: "STABILIZED",
  8: "RATTITUDE",
  9: "SIMPLE",
  10: "TERMINATION",
  11: "ALTITUDE_CRUISE",
};

const px4AutoModes: ModeNames = {
  1: "READY",
  2: "TAKEOFF",
  3: "LOITER",
  4: "MISSION",
  5: "RTL",
  6: "LAND",
  8: "FOLLOW_TARGET",
  9: "PRECLAND",
  10: "VTOL_TAKEOFF",
};

const px4PositionModes: ModeNames = { 1: "ORBIT", 2: "SLOW" };

/** By MAV_TYPE: fixed wing and VTOL fly ArduPlane, ground and surface vehicles ArduRover. */
const arduPilotModes: Readonly<Record<number, ModeNames>> = {
  1: planeModes,
  2: copterModes,
  3: copterModes,
  4: copterModes,
  10: roverModes,
  11: roverModes,
  12: subModes,
  13: copterModes,
  14: copterModes,
  15: copterModes,
  16: planeModes,
  19: planeModes,
  20: planeModes,
  21: planeModes,
  22: planeModes,
  23: planeModes,
  24: planeModes,
  25: planeModes,
  28: planeModes,
  29: copterModes,
  35: copterModes,
  43: copterModes,
  47: planeModes,
};

/**
 * Name of the mode in a HEARTBEAT, e.g. "GUIDED" or "AUTO.RTL"; "MODE 99" where it has none.
 *
 * @param autopilot MAV_AUTOPILOT
 * @param vehicleType MAV_TYPE
 * @param customMode the autopilot's own number, 0 to 2^32 - 1
 */
export function flightModeName(autopilot: number, vehicleType: number, customMode: number): string {
  const name =
    autopilot === autopilotArduPilot
      ? arduPilotModes[vehicleType]?.[customMode]
      : autopilot === autopilotPx4
        ? px4ModeName(customMode)
        : undefined;
  return name ?? `MODE ${customMode}`;
}

/** PX4 packs a main mode into bits 16 to 23 and a sub mode into bits 24 to 31. */
function px4ModeName(customMode: number): string | undefined {
  const mainMode = (customMode >>> 16) & 0xff;
  const subMode = customMode >>> 24;
  const main = px4MainModes[mainMode];
  if (!main || subMode === 0) return main;
  const sub = (main === "AUTO" ? px4AutoModes : px4PositionModes)[subMode];
  return main === "AUTO" || main === "POSCTL" ? sub && `${main}.${sub}` : main;
}

/** What flies the vehicle: ArduPilot by kind of vehicle, or PX4. Each numbers its own modes. */
export type Firmware = "copter" | "plane" | "rover" | "sub" | "px4";

/**
 * The firmware behind a heartbeat; undefined for one whose mode numbers are not known.
 *
 * @param autopilot MAV_AUTOPILOT
 * @param vehicleType MAV_TYPE
 */
export function firmwareOf(autopilot: number, vehicleType: number): Firmware | undefined {
  if (autopilot === autopilotPx4) return "px4";
  if (autopilot !== autopilotArduPilot) return undefined;
  switch (arduPilotModes[vehicleType]) {
    case copterModes:
      return "copter";
    case planeModes:
      return "plane";
    case roverModes:
      return "rover";
    case subModes:
      return "sub";
    default:
      return undefined;
  }
}

/** The number of a mode in HEARTBEAT.custom_mode, by the name `flightModeName` gives it. */
export function flightModeNumber(firmware: Firmware, modeName: string): number | undefined {
  switch (firmware) {
    case "copter":
      return numberNamed(copterModes, modeName);
    case "plane":
      return numberNamed(planeModes, modeName);
    case "rover":
      return numberNamed(roverModes, modeName);
    case "sub":
      return numberNamed(subModes, modeName);
    case "px4":
      return px4ModeNumber(modeName);
  }
}

function px4ModeNumber(modeName: string): number | undefined {
  const [mainName = "", subName] = modeName.split(".");
  const main = numberNamed(px4MainModes, mainName);
  if (main === undefined) return undefined;
  if (subName === undefined) return main << 16;
  const sub = numberNamed(mainName === "AUTO" ? px4AutoModes : px4PositionModes, subName);
  return sub === undefined ? undefined : ((sub << 24) | (main << 16)) >>> 0;
}

function numberNamed(names: ModeNames, wanted: string): number | undefined {
  const found = Object.entries(names).find(([, name]) => name === wanted);
  return found && Number(found[0]);
}
