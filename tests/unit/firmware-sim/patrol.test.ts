import { expect, test } from "vitest";
import { demoRoundMs as roundMs } from "../../../contract/demo-flights.ts";
import { createVehicleSession } from "../../../firmware-sim/autopilot/session.ts";
import {
  createPatrolPilot,
  patrolDrones,
  type PatrolDrone,
} from "../../../firmware-sim/scenarios/patrol.ts";

interface Round {
  readonly greatestNorthM: number;
  readonly leastNorthM: number;
  readonly farthestEastM: number;
  readonly armedAtMs: number | undefined;
  readonly disarmedAtMs: number | undefined;
}

/** Flies a drone from `startMs` into a round to the end of the round. */
function flyRound(drone: PatrolDrone, startMs: number): Round {
  const session = createVehicleSession(drone.sysid, drone.home);
  const pilot = createPatrolPilot(drone);
  let greatestNorthM = 0;
  let leastNorthM = 0;
  let farthestEastM = 0;
  let armedAtMs: number | undefined;
  let disarmedAtMs: number | undefined;
  for (let atMs = startMs; atMs < roundMs; atMs += 50) {
    for (const order of pilot(session.autopilot(), atMs)) session.order(order);
    session.step(50);
    const { armed, mass } = session.autopilot();
    if (armed) armedAtMs ??= atMs;
    else if (armedAtMs !== undefined) disarmedAtMs ??= atMs;
    greatestNorthM = Math.max(greatestNorthM, mass.northM);
    leastNorthM = Math.min(leastNorthM, mass.northM);
    farthestEastM = Math.max(farthestEastM, Math.abs(mass.eastM));
  }
  return { greatestNorthM, leastNorthM, farthestEastM, armedAtMs, disarmedAtMs };
}

/** Half the height and width of the prepared volumes South water A, B, C. */
const halfNorthM = 172;
const halfEastM = 113;

test.each(patrolDrones.map((drone) => [drone.sysid, drone] as const))(
  "drone %i is disarmed for over a minute before it arms again",
  (_sysid, drone) => {
    const round = flyRound(drone, 0);
    expect(round.armedAtMs).toBeLessThan(15_000);
    expect(round.disarmedAtMs).toBeGreaterThan(170_000);
    expect(round.disarmedAtMs).toBeLessThan(roundMs - 60_000);
  },
);

test("only the straying drone leaves its water, and only southwards", () => {
  for (const drone of patrolDrones) {
    const round = flyRound(drone, 0);
    expect(round.greatestNorthM).toBeLessThan(halfNorthM);
    expect(round.farthestEastM).toBeLessThan(halfEastM);
    const strays = round.leastNorthM < -halfNorthM;
    expect([drone.sysid, strays]).toEqual([drone.sysid, drone.sysid === 102]);
  }
});

test("a simulator started late in a round waits for the next one", () => {
  for (const drone of patrolDrones) {
    expect(flyRound(drone, 141_000).armedAtMs).toBeUndefined();
  }
});

test("a drone that somebody else sent home stays there until the next round", () => {
  for (const drone of patrolDrones.slice(0, 1)) {
    const session = createVehicleSession(drone.sysid, drone.home);
    const pilot = createPatrolPilot(drone);
    const armings: number[] = [];
    let wasArmed = false;
    for (let atMs = 0; atMs < roundMs + 20_000; atMs += 50) {
      for (const order of pilot(session.autopilot(), atMs)) session.order(order);
      if (atMs === 30_000) session.order({ kind: "mode", mode: "RTL" });
      session.step(50);
      const { armed } = session.autopilot();
      if (armed && !wasArmed) armings.push(Math.floor(atMs / roundMs));
      wasArmed = armed;
    }
    expect(armings).toEqual([0, 1]);
  }
});
