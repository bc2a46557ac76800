// Drives one mission exchange with a simulated drone of a fleet to its end.
import {
  cancelMission,
  missionHeard,
  missionTick,
  startMission,
  type MissionAdvanced,
  type MissionOutcome,
  type MissionStep,
  type MissionTask,
} from "../../server/mavlink/mission-exchange.ts";
import { readVehicleMessage } from "../../server/mavlink/vehicle-message.ts";
import { station, type SimulatedFleet } from "./simulated-fleet.ts";

export interface MissionRun {
  readonly outcome: MissionOutcome;
  readonly steps: readonly MissionStep[];
  /** Simulated time it took. */
  readonly tookMs: number;
}

/** @param cancelAfterMs A person stops it then. */
export function runMission(
  fleet: SimulatedFleet,
  sysid: number,
  task: MissionTask,
  cancelAfterMs = Infinity,
): MissionRun {
  const target = { sysid, compid: 1 };
  const startedAtMs = fleet.nowMs;
  const steps: MissionStep[] = [];
  const take = ({ exchange: next, steps: made }: MissionAdvanced) => {
    steps.push(...made);
    for (const step of made) if (step.kind === "send") fleet.send(target, step.message);
    return next;
  };
  let exchange = take(startMission(task, target, station, fleet.nowMs));
  while (exchange.phase.kind !== "over") {
    fleet.step((frame) => {
      const message = frame.sysid === sysid ? readVehicleMessage(frame) : undefined;
      if (message === undefined || message.kind === "commandAck") return;
      exchange = take(missionHeard(exchange, message, fleet.nowMs));
    });
    exchange = take(missionTick(exchange, fleet.nowMs));
    if (fleet.nowMs - startedAtMs >= cancelAfterMs) exchange = take(cancelMission(exchange));
  }
  const ends = steps.flatMap((step) => (step.kind === "ended" ? [step.outcome] : []));
  const [outcome] = ends;
  if (outcome === undefined || ends.length > 1) throw new Error(`ended ${ends.length} times`);
  return { outcome, steps, tookMs: fleet.nowMs - startedAtMs };
}
