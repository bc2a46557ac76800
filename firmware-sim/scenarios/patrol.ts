// The demo flights: each drone flies rounds over its own water, on a cycle that the clock gives,
// so that whoever books for them knows when they land. One strays out of its volume each round.
import { demoFlights, demoRoundMs } from "../../contract/demo-flights.ts";
import type { Home } from "../vehicle/home.ts";
import type { LocalPointM } from "../vehicle/point-mass.ts";
import { isOnGround, type Autopilot, type Order } from "../autopilot/autopilot.ts";

/** Take-off only this long after a round began, so that bookings have begun; and not later than… */
const takeOffFromMs = 5_000;
const takeOffUntilMs = 140_000;
/**
 * All turn home at this time of the round. They are down and disarmed for more than a minute before
 * the next one begins, since arming again within a minute continues the same flight.
 */
const homeAtMs = 170_000;

export interface PatrolDrone {
  readonly sysid: number;
  readonly home: Home;
  readonly heightAboveHomeM: number;
  /** Flown round and round, metres from home. */
  readonly corners: readonly LocalPointM[];
  /** Flown once in each round: a point outside the booked volume. */
  readonly strayTo?: LocalPointM;
}

function box(northM: number, eastM: number, upM: number): LocalPointM[] {
  return [
    { northM, eastM: -eastM, upM },
    { northM, eastM, upM },
    { northM: -northM, eastM, upM },
    { northM: -northM, eastM: -eastM, upM },
  ];
}

/**
 * The three demo drones, at the middle of the prepared volumes South water A, B and C (geofences/):
 * south of 22.2560 N, which leaves the water north of it to first bookings and recorded flights.
 */
export const patrolDrones: readonly PatrolDrone[] = [
  {
    sysid: 101,
    home: { latDeg: 22.25405, lngDeg: 114.1301, altitudeAmslM: 4 },
    heightAboveHomeM: 30,
    corners: box(110, 70, 30),
  },
  {
    sysid: 102,
    home: { latDeg: 22.25405, lngDeg: 114.1277, altitudeAmslM: 4 },
    heightAboveHomeM: 40,
    corners: box(100, 75, 40),
    strayTo: { northM: -225, eastM: 0, upM: 40 },
  },
  {
    sysid: 103,
    home: { latDeg: 22.25405, lngDeg: 114.1253, altitudeAmslM: 4 },
    heightAboveHomeM: 50,
    corners: box(120, 80, 50),
  },
];

/** The waypoints of a whole round; the stray comes after the first lap. */
export function roundMission(drone: PatrolDrone): readonly LocalPointM[] {
  const lap = drone.corners;
  const stray = drone.strayTo ? [drone.strayTo] : [];
  const more = Array.from({ length: 8 }, () => lap).flat();
  return [...lap, ...stray, ...more];
}

/** The drone's pilot: flies once in each round, also where somebody else sent the drone home. */
export function createPatrolPilot(drone: PatrolDrone) {
  let flownRound: number | undefined;
  /** What the pilot does at this moment, if anything. `nowMs` is epoch ms UTC. */
  return (autopilot: Autopilot, nowMs: number): Order[] => {
    const round = Math.floor(onRoundsMs(drone, nowMs) / demoRoundMs);
    if (autopilot.armed) flownRound = round;
    else if (round === flownRound) return [];
    return patrolOrder(drone, autopilot, nowMs);
  };
}

/** The time by which the drone's rounds begin at whole multiples of their length. */
function onRoundsMs({ sysid }: PatrolDrone, nowMs: number): number {
  return nowMs - (demoFlights.find((one) => one.sysid === sysid)?.roundsAfterMs ?? 0);
}

function patrolOrder(drone: PatrolDrone, autopilot: Autopilot, nowMs: number): Order[] {
  const intoRoundMs = onRoundsMs(drone, nowMs) % demoRoundMs;
  if (!autopilot.armed) {
    if (intoRoundMs < takeOffFromMs || intoRoundMs >= takeOffUntilMs) return [];
    const heightAboveHomeM = drone.heightAboveHomeM;
    return [
      { kind: "mode", mode: "GUIDED" },
      { kind: "arm" },
      { kind: "takeOff", heightAboveHomeM },
    ];
  }
  if (intoRoundMs >= homeAtMs) {
    const homing = autopilot.mode === "RTL" || autopilot.mode === "LAND";
    return homing || isOnGround(autopilot) ? [] : [{ kind: "mode", mode: "RTL" }];
  }
  const climbed = autopilot.mass.upM >= drone.heightAboveHomeM - 1;
  const ready = autopilot.mode === "GUIDED" && climbed;
  return ready ? [{ kind: "flyMission", waypoints: roundMission(drone) }] : [];
}
