// The two desks that send what people ask of drones, as the ingest process drives them: fed with
// every frame of a vehicle's autopilot, ticked, and told at start what the last run left open.
import type { FrameView } from "../mavlink/frame-reader.ts";
import type { VehicleSession } from "../telemetry/vehicle-session.ts";
import { CommandDesk } from "./command-desk.ts";
import type { OpenOrders } from "./commands-of-journal.ts";
import { MissionDesk } from "./mission-desk.ts";
import type { DeskPorts } from "./ordered-drone.ts";

export interface OrderDesks {
  readonly commands: CommandDesk;
  readonly missions: MissionDesk;
  heard(session: VehicleSession, frame: FrameView, atMs: number): void;
  tick(nowMs: number): void;
  /** Ends in the journal what was open there when ingest last ended. */
  resume(open: OpenOrders, nowMs: number): void;
}

export function createOrderDesks(ports: DeskPorts): OrderDesks {
  const commands = new CommandDesk(ports);
  const missions = new MissionDesk(ports);
  return {
    commands,
    missions,
    heard(session, frame, atMs) {
      commands.heard(session, frame, atMs);
      missions.heard(session, frame, atMs);
    },
    tick(nowMs) {
      commands.tick(nowMs);
      missions.tick(nowMs);
    },
    resume(open, nowMs) {
      commands.remember(open.recentCommands);
      missions.remember(open.recentTransfers);
      commands.interrupted(open.commands, nowMs);
      missions.interrupted(open.transfers, nowMs);
    },
  };
}
