// The telemetry flow with the order desks and simulated drones on its links, in simulated time:
// what ingest does with a command, without sockets or files.
import { createVehicleSession, type VehicleSession } from "../../firmware-sim/autopilot/session.ts";
import type { CommandAction, Command } from "../../contract/wire/command.ts";
import type { JournalEntry, JournalEvent } from "../../contract/wire/journal-event.ts";
import type { Transfer, TransferTask } from "../../contract/wire/mission.ts";
import type { WatchPlan } from "../../contract/wire/watch-plan.ts";
import type { CommandAnswer } from "../../server/ingest/command-desk.ts";
import { mavlinkFrames } from "../../server/ingest/mavlink-frames.ts";
import type { TransferAnswer } from "../../server/ingest/mission-desk.ts";
import { createOrderDesks, type OrderDesks } from "../../server/ingest/order-desks.ts";
import { createEncoder } from "../../server/mavlink/encode.ts";
import type { FrameView } from "../../server/mavlink/frame-reader.ts";
import { TelemetryFlow } from "../../server/telemetry-flow.ts";
import type { LinkAddress } from "../../server/telemetry/ports.ts";
import { createSilentLog } from "./silent-log.ts";
import { fleetHome, station } from "./simulated-fleet.ts";
import { link } from "./telemetry-run.ts";

const stepMs = 50;
const tickMs = 250;

interface Heard {
  readonly drone: VehicleSession;
  readonly address: LinkAddress;
  /** Its answers and its heartbeats do not come through. */
  isSilent: boolean;
  /** Our frames do not come through. */
  isDeaf: boolean;
}

export const by = { userId: "usr_1", name: "Ada Controller" };

export class OrderRun {
  readonly journal: JournalEntry[] = [];
  readonly flow: TelemetryFlow<FrameView>;
  readonly desks: OrderDesks;
  /** Frames we sent, by port. */
  readonly sent: { readonly port: number; readonly bytes: Uint8Array }[] = [];
  nowMs: number;
  private readonly drones = new Map<number, Heard>();
  private ids = 0;
  private delivered = 0;

  constructor(plan: WatchPlan, startMs: number) {
    this.nowMs = startMs;
    this.desks = createOrderDesks({
      sessions: () => this.flow.sessions(),
      plan: () => this.flow.plan,
      encoder: createEncoder(station),
      own: station,
      send: (bytes, to) => this.sent.push({ port: to.port, bytes }),
      tell: (atMs, event) => this.tell(atMs, event),
      orderUnanswered: (id, isStanding, atMs) => this.flow.orderUnanswered(id, isStanding, atMs),
    });
    this.flow = new TelemetryFlow({
      frames: mavlinkFrames,
      stationSysids: new Set([245, 255]),
      openRecord: () => ({ append: () => {}, bytes: () => 0, close: () => {} }),
      tell: (atMs, event) => this.tell(atMs, event),
      seal: () => {},
      makeId: (kind) => `${kind}_${this.ids++}`,
      heard: (session, frame, atMs) => this.desks.heard(session, frame, atMs),
      log: createSilentLog(),
    });
    this.flow.setPlan(plan);
  }

  /** A drone that sends from this port. */
  add(port: number, sysid: number): Heard {
    const drone = createVehicleSession(sysid, fleetHome);
    const heard = { drone, address: link(port), isSilent: false, isDeaf: false };
    this.drones.set(port, heard);
    return heard;
  }

  heard(port: number): Heard {
    const found = this.drones.get(port);
    if (found === undefined) throw new Error(`no drone on port ${port}`);
    return found;
  }

  /** Time passes: drones fly and are heard, what we send reaches them, the tick comes. */
  run(forMs: number): void {
    for (const endMs = this.nowMs + forMs; this.nowMs < endMs;) {
      this.nowMs += stepMs;
      for (const heard of this.drones.values()) this.pass(heard, heard.drone.step(stepMs));
      this.deliver();
      if (this.nowMs % tickMs === 0) {
        this.flow.onTick(this.nowMs * 1000);
        this.desks.tick(this.nowMs);
        this.deliver();
      }
    }
  }

  sessionId(port: number): string {
    const found = [...this.flow.sessions()].find(({ link: one }) => one?.address.port === port);
    if (found === undefined) throw new Error(`no session on port ${port}`);
    return found.sessionId;
  }

  order(sessionId: string, action: CommandAction): CommandAnswer {
    const commandId = `cmd_${this.ids++}`;
    return this.desks.commands.order({ commandId, sessionId, action, by }, this.nowMs);
  }

  transfer(sessionId: string, task: TransferTask, evenArmed = false): TransferAnswer {
    const transferId = `trf_${this.ids++}`;
    const request = { transferId, sessionId, task, evenArmed, by };
    return this.desks.missions.begin(request, this.nowMs);
  }

  /** As last journalled. */
  command(): Command | undefined {
    return this.events()
      .flatMap((event) => ("command" in event ? event.command : []))
      .at(-1);
  }

  lastTransfer(): Transfer | undefined {
    return this.events()
      .flatMap((event) => ("transfer" in event ? event.transfer : []))
      .at(-1);
  }

  private events(): JournalEvent[] {
    return this.journal.map(({ event }) => event);
  }

  private tell(atMs: number, event: JournalEvent): void {
    this.journal.push({ node: "test", number: this.journal.length + 1, atMs, event });
  }

  private deliver(): void {
    for (; this.delivered < this.sent.length; this.delivered += 1) {
      const frame = this.sent[this.delivered];
      const heard = this.drones.get(frame?.port ?? 0);
      if (frame === undefined || heard === undefined || heard.isDeaf) continue;
      this.pass(heard, heard.drone.receive(frame.bytes));
    }
  }

  private pass({ address, isSilent }: Heard, frames: readonly Uint8Array[]): void {
    if (isSilent) return;
    for (const bytes of frames) this.flow.onDatagram(bytes, address, this.nowMs * 1000);
  }
}
