// One command, told by exact times: sendings, answers, evidence, and its one end.
import { expect, test } from "vitest";
import type { CommandAction } from "../../../../contract/wire/command.ts";
import {
  commandHeard,
  commandTick,
  startCommand,
  type CommandExchange,
  type CommandHeard,
  type CommandStep,
  type ShownState,
} from "../../../../server/mavlink/command-exchange.ts";
import { commandOrder } from "../../../../server/mavlink/command-order.ts";
import { isAnswer, systemAddress } from "../../../../server/mavlink/system-address.ts";

const own = { sysid: 245, compid: 190 };
const target = { sysid: 7, compid: 1 };
const vehicle = { firmware: "copter", vehicleType: 2, homeAltitudeAmslM: 3 } as const;

/** An exchange driven by hand; what it did is kept as "1000 send 2" lines. */
class Driven {
  exchange: CommandExchange;
  readonly lines: string[] = [];

  constructor(action: CommandAction, before?: ShownState) {
    const found = commandOrder(action, vehicle);
    if (found.kind !== "order") throw new Error(found.kind);
    const { exchange, steps } = startCommand(found.order, { target, own }, before, 0);
    this.exchange = exchange;
    this.note(0, steps);
  }

  hear(heard: CommandHeard, atMs: number): this {
    const { exchange, steps } = commandHeard(this.exchange, heard, atMs);
    this.exchange = exchange;
    this.note(atMs, steps);
    return this;
  }

  /** Ticks every 250 ms, `fromMs` not included. */
  tick(fromMs: number, untilMs: number): this {
    for (let atMs = fromMs + 250; atMs <= untilMs; atMs += 250) {
      const { exchange, steps } = commandTick(this.exchange, atMs);
      this.exchange = exchange;
      this.note(atMs, steps);
    }
    return this;
  }

  private note(atMs: number, steps: readonly CommandStep[]): void {
    for (const step of steps) this.lines.push(`${atMs} ${textOf(step)}`);
  }
}

function textOf(step: CommandStep): string {
  switch (step.kind) {
    case "send": {
      const { message } = step;
      return `send ${message.kind === "commandLong" ? message.confirmation : message.kind}`;
    }
    case "ended":
      return step.outcome.kind === "rejected"
        ? `rejected ${step.outcome.refusal}`
        : step.outcome.kind;
    case "inProgress":
      return `inProgress ${step.progressPercent ?? "?"}`;
    case "reason":
      return `reason ${step.text}`;
    case "confirmed":
      return "confirmed";
  }
}

function ack(command: number, result: number, to = own, from = target): CommandHeard {
  return { kind: "commandAck", command, result, progressPercent: null, from, to };
}

function heartbeat(customMode: number, armed = true): CommandHeard {
  return { kind: "heartbeat", armed, customMode, modeName: "", systemStatus: 4 };
}

test("RTL is accepted by its acknowledgement and confirmed by the heartbeat's mode", () => {
  const run = new Driven({ kind: "returnHome" }).hear(ack(20, 0), 5).hear(heartbeat(6), 6);
  expect(run.tick(0, 10_000).lines).toEqual(["0 send 0", "5 accepted", "6 confirmed"]);
  expect(run.exchange.phase).toBe("over");
});

test("accepted is not confirmed while the heartbeat shows another mode", () => {
  const run = new Driven({ kind: "returnHome" }).hear(ack(20, 0), 5).hear(heartbeat(4), 900);
  expect(run.tick(0, 10_000).lines).toEqual(["0 send 0", "5 accepted"]);
  expect(run.exchange).toMatchObject({ phase: "over", confirmed: false });
});

test("an unanswered RTL is sent three times in 3 s, counting, and ends not acknowledged", () => {
  const run = new Driven({ kind: "returnHome" }).tick(0, 20_000);
  expect(run.lines).toEqual(["0 send 0", "1000 send 1", "2000 send 2", "3000 notAcknowledged"]);
});

test("an unanswered arming, take-off or reboot was sent once", () => {
  for (const action of [
    { kind: "arm" },
    { kind: "reboot" },
    { kind: "takeOff", heightAboveHomeM: 20 },
  ] satisfies CommandAction[]) {
    const run = new Driven(action).tick(0, 20_000);
    expect(run.lines).toEqual(["0 send 0", "3000 notAcknowledged"]);
  }
});

test("a refusal carries its reason and the drone's own words that follow within a second", () => {
  const run = new Driven({ kind: "arm" })
    .hear({ kind: "statusText", text: "said before" }, 1)
    .hear(ack(400, 4), 5)
    .hear({ kind: "statusText", text: "Arm: Need Alt Estimate" }, 20)
    .hear({ kind: "statusText", text: "said after" }, 1_100)
    .hear(heartbeat(4), 1_200);
  expect(run.tick(1_000, 9_000).lines).toEqual([
    "0 send 0",
    "5 rejected failed",
    "20 reason Arm: Need Alt Estimate",
  ]);
});

test("in progress moves the end on, and never beyond a minute", () => {
  const run = new Driven({ kind: "takeOff", heightAboveHomeM: 20 });
  for (let atMs = 2_500; atMs <= 70_000; atMs += 2_500) {
    run.tick(atMs - 2_500, atMs).hear(ack(22, 5), atMs);
  }
  expect(run.lines.filter((line) => line.includes("send"))).toEqual(["0 send 0"]);
  expect(run.lines.at(-1)).toBe("60000 notAcknowledged");
  const finished = new Driven({ kind: "takeOff", heightAboveHomeM: 20 });
  finished.hear(ack(22, 5), 2_900).tick(2_900, 7_800).hear(ack(22, 0), 7_850);
  expect(finished.lines).toEqual(["0 send 0", "2900 inProgress ?", "7850 accepted"]);
});

test("acknowledgements of other vehicles, components, stations and commands are not ours", () => {
  const run = new Driven({ kind: "returnHome" })
    .hear(ack(20, 0, own, { sysid: 8, compid: 1 }), 5)
    .hear(ack(20, 0, own, { sysid: 7, compid: 154 }), 6)
    .hear(ack(20, 0, { sysid: 255, compid: 190 }), 7)
    .hear(ack(20, 0, { sysid: 245, compid: 1 }), 8)
    .hear(ack(21, 0), 9);
  expect(run.lines).toEqual(["0 send 0"]);
  // MAVLink 1 says nothing of whom it answers.
  expect(run.hear(ack(20, 0, { sysid: 0, compid: 0 }), 10).lines.at(-1)).toBe("10 accepted");
});

test("it ends once, whatever comes later", () => {
  const run = new Driven({ kind: "land" }).hear(ack(21, 0), 5).hear(ack(21, 4), 6);
  run.hear(ack(21, 0), 7).tick(0, 10_000).hear(ack(21, 0), 10_000);
  expect(run.lines).toEqual(["0 send 0", "5 accepted"]);
});

test("a mode seen without an acknowledgement stops the repeating and accepts nothing", () => {
  const run = new Driven({ kind: "hold" }).hear(heartbeat(17), 400).tick(250, 9_000);
  expect(run.lines).toEqual(["0 send 0", "400 confirmed", "3000 notAcknowledged"]);
  const late = new Driven({ kind: "hold" }).tick(0, 3_500).hear(heartbeat(17), 3_600);
  expect(late.lines.slice(-2)).toEqual(["3000 notAcknowledged", "3600 confirmed"]);
});

test("a mode that it was in already proves nothing until the order is accepted", () => {
  const before = { armed: true, customMode: 6, systemStatus: 4 };
  const deaf = new Driven({ kind: "returnHome" }, before).hear(heartbeat(6), 400);
  deaf.tick(0, 3_000).hear(heartbeat(6), 3_400).tick(3_250, 9_000);
  expect(deaf.lines).toEqual(["0 send 0", "1000 send 1", "2000 send 2", "3000 notAcknowledged"]);
  expect(deaf.exchange).toMatchObject({ phase: "over", confirmed: false, isShown: true });
  const told = new Driven({ kind: "returnHome" }, before).hear(heartbeat(6), 400);
  told.hear(ack(20, 0), 500).hear(heartbeat(6), 600);
  expect(told.lines).toEqual(["0 send 0", "500 accepted", "600 confirmed"]);
  const left = new Driven({ kind: "returnHome" }, before).hear(heartbeat(5), 400);
  expect(left.hear(heartbeat(6), 600).lines).toEqual(["0 send 0", "600 confirmed"]);
});

test("arming is confirmed by the armed bit, take-off by a vehicle in flight", () => {
  const armed = new Driven({ kind: "arm" }).hear(ack(400, 0), 5).hear(heartbeat(4, false), 500);
  expect(armed.hear(heartbeat(4, true), 1_000).lines.at(-1)).toBe("1000 confirmed");
  const away = new Driven({ kind: "takeOff", heightAboveHomeM: 20 }).hear(ack(22, 0), 5);
  expect(away.hear(heartbeat(4), 2_000).lines.at(-1)).toBe("2000 confirmed");
});

test("nobody can be addressed as everybody", () => {
  expect(systemAddress(0, 1)).toBeUndefined();
  expect(systemAddress(1, 0)).toBeUndefined();
  expect(systemAddress(256, 1)).toBeUndefined();
  expect(systemAddress(1, 1)).toEqual({ sysid: 1, compid: 1 });
  expect(isAnswer({ from: target, to: own }, target, own)).toBe(true);
});
