// Carries out what people order drones to do: one exchange a command, over the drone's own route,
// every try and answer in the journal. Asked by the web process, fed by the telemetry flow and the
// ingest tick.
import { commandEventsMax } from "../../contract/wire/command.ts";
import type {
  Command,
  CommandAction,
  CommandEvent,
  CommandNotSent,
  OrderedBy,
} from "../../contract/wire/command.ts";
import {
  commandHeard,
  commandTick,
  startCommand,
  stopSending,
  type Advanced,
  type CommandExchange,
  type CommandHeard,
  type CommandStep,
} from "../mavlink/command-exchange.ts";
import { commandOrder } from "../mavlink/command-order.ts";
import { firmwareOf } from "../mavlink/flight-mode.ts";
import type { FrameView } from "../mavlink/frame-reader.ts";
import { toSample } from "../mavlink/to-sample.ts";
import { readVehicleMessage } from "../mavlink/vehicle-message.ts";
import type { VehicleSession } from "../telemetry/vehicle-session.ts";
import { isUrgent, MissedOrders } from "./missed-orders.ts";
import { orderedDrone, RecentOrders, sendTo, type DeskPorts } from "./ordered-drone.ts";

export interface CommandRequest {
  /** Made by who asks, so that asking twice is seen. */
  readonly commandId: string;
  readonly sessionId: string;
  readonly action: CommandAction;
  readonly by: OrderedBy;
}

export type CommandAnswer =
  | { readonly kind: "sent"; readonly command: Command }
  | { readonly kind: "refused"; readonly reason: CommandNotSent };

interface OpenCommand {
  command: Command;
  exchange: CommandExchange;
}

export class CommandDesk {
  private readonly ports: DeskPorts;
  /** By session: at most one of each MAVLink command. */
  private readonly open = new Map<string, OpenCommand[]>();
  private readonly recent = new RecentOrders<Command>();
  private readonly missed: MissedOrders;

  constructor(ports: DeskPorts) {
    this.ports = ports;
    this.missed = new MissedOrders(ports.orderUnanswered);
  }

  /** Sends a command, once however often it is asked for; or says why not. Never waits. */
  order({ commandId, sessionId, action, by }: CommandRequest, nowMs: number): CommandAnswer {
    const known = this.recent.find(commandId);
    if (known !== undefined) return { kind: "sent", command: known };
    const drone = orderedDrone(this.ports, sessionId, nowMs);
    if (drone.kind === "none") return refused(drone.reason);
    const { session, target, vehicle } = drone;
    const { heartbeat, home } = session.track;
    const firmware = heartbeat && firmwareOf(heartbeat.autopilot, heartbeat.vehicleType);
    if (firmware === undefined) return refused("notForThisAutopilot");
    if (action.kind === "reboot" && heartbeat?.armed === true) return refused("armed");
    const homeAltitudeAmslM = home?.altitudeAmslM ?? null;
    const vehicleType = heartbeat?.vehicleType ?? 0;
    const found = commandOrder(action, { firmware, vehicleType, homeAltitudeAmslM });
    if (found.kind !== "order") return refused(found.kind);
    const open = this.open.get(sessionId) ?? [];
    const isBusy = ({ exchange, command }: OpenCommand): boolean =>
      command.outcome === null && exchange.order.command === found.order.command;
    if (open.some(isBusy)) return refused("busy");
    this.supersede(open, nowMs);
    const started = startCommand(found.order, { target, own: this.ports.own }, heartbeat, nowMs);
    const command = newCommand({ id: commandId, vehicle, action, by, requestedAtMs: nowMs });
    const begun: OpenCommand = { command, exchange: started.exchange };
    this.open.set(sessionId, [...open, begun]);
    this.take(begun, started, nowMs);
    return { kind: "sent", command: begun.command };
  }

  /** A frame of a vehicle's autopilot. Cheap where nothing is open for it. */
  heard({ sessionId }: VehicleSession, frame: FrameView, atMs: number): void {
    const open = this.open.get(sessionId) ?? [];
    if (open.length === 0 && !this.missed.waitsFor(sessionId)) return;
    const said = heardIn(frame);
    if (said === undefined) return;
    this.missed.heard(sessionId, said, atMs);
    for (const one of open) this.take(one, commandHeard(one.exchange, said, atMs), atMs);
  }

  /** Several times a second: sends again, and ends what is silent. */
  tick(nowMs: number): void {
    for (const [sessionId, open] of this.open) {
      for (const one of open) this.take(one, commandTick(one.exchange, nowMs), nowMs);
      const still = open.filter(({ exchange }) => exchange.phase !== "over");
      if (still.length === 0) this.open.delete(sessionId);
      else this.open.set(sessionId, still);
    }
    this.missed.keepOnly(new Set([...this.ports.sessions()].map(({ sessionId }) => sessionId)));
  }

  /** What the last run sent is not sent again, however often it is asked for. */
  remember(commands: readonly Command[]): void {
    for (const command of commands) this.recent.keep(command);
  }

  /** Tells what became of commands that were open when ingest last ended: nobody knows. */
  interrupted(commands: readonly Command[], nowMs: number): void {
    for (const command of commands) {
      const outcome = command.outcome ?? { kind: "notAcknowledged" };
      const events: CommandEvent[] = [...command.events, { kind: "interrupted", atMs: nowMs }];
      if (command.outcome === null) events.push({ kind: "ended", atMs: nowMs, outcome });
      const revision = command.revision + 1;
      const over: Command = { ...command, revision, events, outcome, isOver: true };
      this.recent.keep(over);
      this.ports.tell(nowMs, { kind: "commandChanged", command: over });
      const isMissed = outcome.kind === "notAcknowledged" && !command.confirmed;
      if (!isMissed || !isUrgent(command.action)) continue;
      this.ports.orderUnanswered(command.vehicle.sessionId, true, nowMs);
    }
  }

  /** What was ordered before must not be sent again over what is ordered now. */
  private supersede(open: readonly OpenCommand[], nowMs: number): void {
    for (const one of open) {
      const { exchange } = one;
      if (exchange.phase !== "asking" || exchange.sends >= exchange.order.sendsMax) continue;
      one.exchange = stopSending(exchange);
      this.note(one, [{ kind: "superseded", atMs: nowMs }], nowMs);
    }
  }

  private take(one: OpenCommand, { exchange, steps }: Advanced, nowMs: number): void {
    const wasOver = one.exchange.phase === "over";
    one.exchange = exchange;
    const events = steps.map((step) => this.carryOut(one, step, nowMs));
    const isJustOver = exchange.phase === "over" && !wasOver;
    if (events.length > 0 || isJustOver) this.note(one, events, nowMs);
  }

  /** Does what a step asks for, and says it in the command's own words. */
  private carryOut({ command }: OpenCommand, step: CommandStep, atMs: number): CommandEvent {
    switch (step.kind) {
      case "send": {
        const reason = sendTo(this.ports, command.vehicle.sessionId, step.message, atMs);
        if (reason !== undefined) return { kind: "notSent", atMs, reason };
        return { kind: "sent", atMs, attempt: step.attempt };
      }
      case "inProgress":
        return { kind: "inProgress", atMs, progressPercent: step.progressPercent };
      case "ended":
        return { kind: "ended", atMs, outcome: step.outcome };
      case "confirmed":
        return { kind: "confirmed", atMs, modeName: step.modeName };
      case "reason":
        return { kind: "reason", atMs, text: step.text };
    }
  }

  private note(one: OpenCommand, events: readonly CommandEvent[], nowMs: number): void {
    const { command, exchange } = one;
    const isFull = command.events.length >= commandEventsMax;
    const kept = isFull ? events.filter(isLasting) : events;
    one.command = {
      ...command,
      revision: command.revision + 1,
      events: [...command.events, ...kept],
      outcome: exchange.outcome ?? null,
      confirmed: exchange.confirmed,
      isOver: exchange.phase === "over",
    };
    this.recent.keep(one.command);
    this.ports.tell(nowMs, { kind: "commandChanged", command: one.command });
    this.missed.follow(one.command, events, exchange, nowMs);
  }
}

/** What is told however long a command's story has become. */
function isLasting({ kind }: CommandEvent): boolean {
  return kind === "ended" || kind === "confirmed";
}

function heardIn(frame: FrameView): CommandHeard | undefined {
  const sample = toSample(frame);
  if (sample?.kind === "heartbeat" || sample?.kind === "statusText") return sample;
  const message = readVehicleMessage(frame);
  return message?.kind === "commandAck" ? message : undefined;
}

function newCommand(
  facts: Pick<Command, "id" | "vehicle" | "action" | "by" | "requestedAtMs">,
): Command {
  return { ...facts, revision: 0, events: [], outcome: null, confirmed: false, isOver: false };
}

function refused(reason: CommandNotSent): CommandAnswer {
  return { kind: "refused", reason };
}
