// The simulated flight controller: a pure machine of orders and time, with ArduCopter's mode
// numbers and manners (arming needs a position, an idle armed drone disarms, RTL lands at home).
// Called by the simulated vehicle; a point mass on waypoints, no wind, no failsafes.
import {
  hasArrived,
  restingAtHome,
  stepTowards,
  type LocalPointM,
  type PointMass,
  type SpeedLimits,
} from "../vehicle/point-mass.ts";

/** ArduCopter's custom_mode numbers. */
export const copterMode = {
  STABILIZE: 0,
  AUTO: 3,
  GUIDED: 4,
  LOITER: 5,
  RTL: 6,
  LAND: 9,
  BRAKE: 17,
} as const;
export type CopterMode = keyof typeof copterMode;

export interface Autopilot {
  readonly sinceBootMs: number;
  readonly mode: CopterMode;
  readonly armed: boolean;
  readonly mass: PointMass;
  /** Where it is bound for; undefined on the ground. */
  readonly target: LocalPointM | undefined;
  /** Remaining waypoints of a mission in AUTO. */
  readonly mission: readonly LocalPointM[];
  readonly armedForMs: number;
  /** 0..100. */
  readonly batteryPercent: number;
}

export type Order =
  | { readonly kind: "arm" }
  | { readonly kind: "disarm" }
  | { readonly kind: "takeOff"; readonly heightAboveHomeM: number }
  | { readonly kind: "mode"; readonly mode: CopterMode }
  /** GUIDED to a place, its height metres above home in `upM`. */
  | { readonly kind: "goTo"; readonly target: LocalPointM }
  | { readonly kind: "flyMission"; readonly waypoints: readonly LocalPointM[] }
  | { readonly kind: "reboot" };

/** Until then there is no position and no arming. */
export const positionKnownAfterMs = 3000;
const disarmIdleAfterMs = 10_000;
const rtlHeightAboveHomeM = 15;
const onGroundBelowM = 0.05;
const speeds: SpeedLimits = { groundSpeedMpsMax: 8, climbMpsMax: 2.5 };
const landingSpeeds: SpeedLimits = { groundSpeedMpsMax: 8, climbMpsMax: 1.5 };
/** Endurance of 25 minutes from full. */
const batteryPercentPerMs = 100 / (25 * 60_000);

/** A drone that has just been switched on at home. */
export function bootedAutopilot(batteryPercent = 100): Autopilot {
  return {
    sinceBootMs: 0,
    mode: "STABILIZE",
    armed: false,
    mass: restingAtHome,
    target: undefined,
    mission: [],
    armedForMs: 0,
    batteryPercent,
  };
}

export function isOnGround(autopilot: Autopilot): boolean {
  return autopilot.mass.upM < onGroundBelowM;
}

/** Obeys or refuses one order. */
export function obey(
  autopilot: Autopilot,
  order: Order,
): { readonly autopilot: Autopilot; readonly obeyed: boolean } {
  const next = applyOrder(autopilot, order);
  return { autopilot: next ?? autopilot, obeyed: next !== undefined };
}

function applyOrder(autopilot: Autopilot, order: Order): Autopilot | undefined {
  switch (order.kind) {
    case "arm":
      if (autopilot.armed) return autopilot;
      if (autopilot.sinceBootMs < positionKnownAfterMs) return undefined;
      return { ...autopilot, armed: true, armedForMs: 0, batteryPercent: 100 };
    case "disarm":
      return isOnGround(autopilot) ? { ...autopilot, armed: false, target: undefined } : undefined;
    case "takeOff":
      if (!autopilot.armed || autopilot.mode !== "GUIDED" || !isOnGround(autopilot)) {
        return undefined;
      }
      return { ...autopilot, target: { ...here(autopilot), upM: order.heightAboveHomeM } };
    case "mode":
      return enterMode(autopilot, order.mode);
    case "goTo":
      if (autopilot.sinceBootMs < positionKnownAfterMs) return undefined;
      if (!isFlying(autopilot)) return { ...autopilot, mode: "GUIDED" };
      return { ...autopilot, mode: "GUIDED", target: order.target };
    case "flyMission":
      if (!autopilot.armed) return undefined;
      return { ...autopilot, mode: "AUTO", mission: order.waypoints, target: order.waypoints[0] };
    case "reboot":
      return isOnGround(autopilot) ? bootedAutopilot(autopilot.batteryPercent) : undefined;
  }
}

function isFlying(autopilot: Autopilot): boolean {
  return autopilot.armed && !isOnGround(autopilot);
}

function enterMode(autopilot: Autopilot, mode: CopterMode): Autopilot {
  // As an ArduCopter: set to the mode it is in, it goes on as it is.
  if (mode === autopilot.mode || !isFlying(autopilot)) return { ...autopilot, mode };
  const at = here(autopilot);
  if (mode === "RTL") return { ...autopilot, mode, target: { ...at, upM: rtlHeight(autopilot) } };
  if (mode === "LAND") return { ...autopilot, mode, target: { ...at, upM: 0 } };
  return { ...autopilot, mode, target: at };
}

/** One step of time. */
export function stepAutopilot(autopilot: Autopilot, stepMs: number): Autopilot {
  const aged = { ...autopilot, sinceBootMs: autopilot.sinceBootMs + stepMs };
  if (!autopilot.armed) return aged;
  const landing = autopilot.mode === "RTL" || autopilot.mode === "LAND";
  const mass = autopilot.target
    ? stepTowards(autopilot.mass, autopilot.target, landing ? landingSpeeds : speeds, stepMs / 1000)
    : autopilot.mass;
  const flown: Autopilot = {
    ...aged,
    mass,
    armedForMs: autopilot.armedForMs + stepMs,
    batteryPercent: Math.max(0, autopilot.batteryPercent - stepMs * batteryPercentPerMs),
  };
  return settle(steer(flown));
}

/** The next target once this one is reached: the mission's next waypoint, or the legs of RTL. */
function steer(autopilot: Autopilot): Autopilot {
  const { target, mass, mode } = autopilot;
  if (target === undefined || !hasArrived(mass, target, 0.5)) return autopilot;
  if (mode === "AUTO") {
    const [, ...rest] = autopilot.mission;
    return rest[0] ? { ...autopilot, mission: rest, target: rest[0] } : enterMode(autopilot, "RTL");
  }
  if (mode === "RTL" && target.upM > 0) {
    const overHome = Math.hypot(target.northM, target.eastM) < 0.01;
    const upM = overHome ? 0 : rtlHeight(autopilot);
    return { ...autopilot, target: { northM: 0, eastM: 0, upM } };
  }
  return autopilot;
}

/** Disarms after landing, and when armed and idle for ten seconds. */
function settle(autopilot: Autopilot): Autopilot {
  const { mode, target } = autopilot;
  if (!isOnGround(autopilot)) return autopilot;
  const landed = target !== undefined && target.upM === 0 && (mode === "RTL" || mode === "LAND");
  const idle = target === undefined && autopilot.armedForMs >= disarmIdleAfterMs;
  if (!landed && !idle) return autopilot;
  const { northM, eastM } = autopilot.mass;
  const headingDeg = autopilot.mass.headingDeg;
  const mass = { ...restingAtHome, northM, eastM, headingDeg };
  return { ...autopilot, armed: false, target: undefined, mission: [], mass };
}

function rtlHeight(autopilot: Autopilot): number {
  return Math.max(rtlHeightAboveHomeM, autopilot.mass.upM);
}

function here(autopilot: Autopilot): LocalPointM {
  const { northM, eastM, upM } = autopilot.mass;
  return { northM, eastM, upM };
}
