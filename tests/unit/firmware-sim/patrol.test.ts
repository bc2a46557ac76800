import { expect, test } from "vitest";
import { demoFlights, demoRoundMs as roundMs } from "../../../contract/demo-flights.ts";
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

/** When the first of the drone's rounds begins. */
function firstRoundMs({ sysid }: PatrolDrone): number {
  return demoFlights.find((one) => one.sysid === sysid)?.roundsAfterMs ?? 0;
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
    const orders = pilot(session.autopilot(), firstRoundMs(drone) + atMs);
    for (const order of orders) session.order(order);
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

test("at every moment of a round some drone flies or takes off within a minute", () => {
  const spans = patrolDrones.map((drone) => {
    const { armedAtMs, disarmedAtMs } = flyRound(drone, 0);
    return [firstRoundMs(drone) + (armedAtMs ?? NaN), firstRoundMs(drone) + (disarmedAtMs ?? NaN)];
  });
  for (let atMs = 0; atMs < roundMs; atMs += 1_000) {
    const soonest = spans.map(([from = NaN, until = NaN]) => {
      const sinceMs = (atMs - from + roundMs) % roundMs;
      return sinceMs < until - from ? 0 : roundMs - sinceMs;
    });
    expect(Math.min(...soonest)).toBeLessThan(60_000);
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
