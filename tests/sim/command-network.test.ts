// Ten thousand commands over a link that loses 30 %, doubles and reorders: what may happen does,
// what must not never.
import { expect, test } from "vitest";
import type { CommandAction } from "../../contract/wire/command.ts";
import {
  commandHeard,
  commandTick,
  startCommand,
  type Advanced,
  type CommandHeard,
  type CommandStep,
} from "../../server/mavlink/command-exchange.ts";
import { commandOrder } from "../../server/mavlink/command-order.ts";
import type { FrameView } from "../../server/mavlink/frame-reader.ts";
import { toSample } from "../../server/mavlink/to-sample.ts";
import { readVehicleMessage } from "../../server/mavlink/vehicle-message.ts";
import { badLink } from "../support/lossy-link.ts";
import { SimulatedFleet, station } from "../support/simulated-fleet.ts";

const runs = 10_000;
const sysids = [1, 2, 3];
const actions: readonly { action: CommandAction; from: "landed" | "armed" | "flying" }[] = [
  { action: { kind: "returnHome" }, from: "flying" },
  { action: { kind: "land" }, from: "flying" },
  { action: { kind: "hold" }, from: "flying" },
  { action: { kind: "arm" }, from: "landed" },
  { action: { kind: "takeOff", heightAboveHomeM: 20 }, from: "armed" },
];

function heardIn(frame: FrameView): CommandHeard | undefined {
  const message = readVehicleMessage(frame);
  if (message?.kind === "commandAck") return message;
  const sample = toSample(frame);
  return sample?.kind === "heartbeat" ? sample : undefined;
}

interface Run {
  readonly steps: readonly CommandStep[];
  readonly sendsMax: number;
  readonly fleet: SimulatedFleet;
  readonly targetSysid: number;
  readonly othersBefore: string;
}

function othersOf(fleet: SimulatedFleet, sysid: number): string {
  const others = [...fleet.drones].filter(([other]) => other !== sysid);
  return JSON.stringify(
    others.map(([, drone]) => [drone.autopilot().mode, drone.autopilot().target]),
  );
}

/** One command to drone 2 of three that share the link, to the very end of its exchange. */
function command(seed: number): Run {
  const { action, from } = actions[seed % actions.length] ?? {
    action: { kind: "land" },
    from: "flying",
  };
  const targetSysid = 2;
  const fleet = new SimulatedFleet(sysids, badLink, seed);
  for (const sysid of sysids) fleet.prepare(sysid, from);
  const othersBefore = othersOf(fleet, targetSysid);
  const found = commandOrder(action, { firmware: "copter", vehicleType: 2, homeAltitudeAmslM: 4 });
  if (found.kind !== "order") throw new Error(found.kind);
  const target = { sysid: targetSysid, compid: 1 };
  const steps: CommandStep[] = [];
  const take = (advanced: Advanced) => {
    steps.push(...advanced.steps);
    for (const step of advanced.steps) if (step.kind === "send") fleet.send(target, step.message);
    return advanced.exchange;
  };
  let exchange = take(startCommand(found.order, { target, own: station }, undefined, fleet.nowMs));
  while (exchange.phase !== "over") {
    fleet.step((frame) => {
      const heard = frame.sysid === targetSysid ? heardIn(frame) : undefined;
      if (heard !== undefined) exchange = take(commandHeard(exchange, heard, fleet.nowMs));
    });
    exchange = take(commandTick(exchange, fleet.nowMs));
  }
  return { steps, sendsMax: found.order.sendsMax, fleet, targetSysid, othersBefore };
}

test("in 10,000 commands at 30 % loss none reaches a wrong drone, is doubled or ends twice", () => {
  const ends = { accepted: 0, rejected: 0, notAcknowledged: 0 };
  let confirmed = 0;
  for (let seed = 1; seed <= runs; seed += 1) {
    const { steps, sendsMax, fleet, targetSysid, othersBefore } = command(seed);
    const outcomes = steps.flatMap((step) => (step.kind === "ended" ? [step.outcome] : []));
    if (outcomes.length !== 1) expect.fail(`seed ${seed}: ended ${outcomes.length} times`);
    const sends = steps.filter((step) => step.kind === "send").length;
    if (sends < 1 || sends > sendsMax) expect.fail(`seed ${seed}: sent ${sends} times`);
    if (othersOf(fleet, targetSysid) !== othersBefore) expect.fail(`seed ${seed}: wrong drone`);
    for (const { kind } of outcomes) ends[kind] += 1;
    confirmed += steps.filter((step) => step.kind === "confirmed").length;
  }
  expect(ends.accepted + ends.rejected + ends.notAcknowledged).toBe(runs);
  // Sent once it gets through and back in 0.7 x 0.7 of the runs, sent thrice far oftener.
  expect(ends.accepted).toBeGreaterThan(0.6 * runs);
  expect(ends.notAcknowledged).toBeGreaterThan(0.1 * runs);
  expect(confirmed).toBeGreaterThan(ends.accepted * 0.8);
}, 120_000);
