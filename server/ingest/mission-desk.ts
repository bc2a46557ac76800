// Carries out transfers of fences, missions and rally points, one a drone at a time, over the
// drone's own route; and keeps what each drone's fence was when it was last read. Asked by the web
// process, fed by the telemetry flow and the ingest tick.
import { transferTextsMax } from "../../contract/wire/mission.ts";
import type {
  Transfer,
  TransferNotBegun,
  TransferOutcome,
  TransferTask,
} from "../../contract/wire/mission.ts";
import type { OrderedBy } from "../../contract/wire/command.ts";
import type { TransferProgress, VehicleStatus } from "../../contract/wire/live-status.ts";
import { fenceOfFootprint, isSameFence } from "../mavlink/booking-fence.ts";
import { firmwareOf } from "../mavlink/flight-mode.ts";
import type { FrameView } from "../mavlink/frame-reader.ts";
import {
  cancelMission,
  missionHeard,
  missionTick,
  startMission,
  type MissionAdvanced,
  type MissionExchange,
  type MissionOutcome,
  type MissionTask,
} from "../mavlink/mission-exchange.ts";
import type { MissionItem } from "../mavlink/mission-item.ts";
import { toSample } from "../mavlink/to-sample.ts";
import { readVehicleMessage } from "../mavlink/vehicle-message.ts";
import type { VehicleSession } from "../telemetry/vehicle-session.ts";
import { bookingOf } from "./command-route.ts";
import { orderedDrone, RecentOrders, sendTo, type DeskPorts } from "./ordered-drone.ts";
import { fromWireItem, toWireItem } from "./wire-mission-item.ts";

/** Texts that come this long after a transfer's end still belong to it. */
const textsAfterMs = 1_000;

export interface TransferRequest {
  readonly transferId: string;
  readonly sessionId: string;
  readonly task: TransferTask;
  /** The person knows that the drone is armed and says so a second time. */
  readonly evenArmed: boolean;
  readonly by: OrderedBy;
}

export type TransferAnswer =
  | { readonly kind: "begun"; readonly transfer: Transfer }
  | { readonly kind: "refused"; readonly reason: TransferNotBegun };

interface OpenTransfer {
  transfer: Transfer;
  exchange: MissionExchange;
  progress: { readonly done: number; readonly total: number };
  /** Read by ourselves: nobody is told of it but by what it found, and a person goes before it. */
  readonly isQuiet: boolean;
}

/** Who orders what nobody ordered; never told. */
const nobody: OrderedBy = { userId: "", name: "" };

/** The fence as it was read, in one session. */
interface ReadFence {
  readonly items: readonly MissionItem[];
  readonly readAtMs: number;
}

export class MissionDesk {
  private readonly ports: DeskPorts;
  private readonly open = new Map<string, OpenTransfer>();
  private readonly fences = new Map<string, ReadFence>();
  /** Sessions whose drone gave no fence when it was asked last. */
  private readonly notGiven = new Set<string>();
  private readonly recent = new RecentOrders<Transfer>();

  constructor(ports: DeskPorts) {
    this.ports = ports;
  }

  /** Begins a transfer, once however often it is asked for; or says why not. Never waits. */
  begin(request: TransferRequest, nowMs: number): TransferAnswer {
    const known = this.recent.find(request.transferId);
    if (known !== undefined) return { kind: "begun", transfer: known };
    const running = this.open.get(request.sessionId);
    if (running?.isQuiet === true) this.take(running, cancelMission(running.exchange), nowMs);
    else if (running !== undefined) return refused("busy");
    return this.start(request, false, nowMs);
  }

  /** Reads a drone's fence unasked. False where it cannot be asked now, or any transfer runs. */
  readFence(sessionId: string, nowMs: number): boolean {
    if (this.open.size > 0) return false;
    const task = { kind: "download", missionType: "fence" } as const;
    const request = { transferId: "", sessionId, task, evenArmed: false, by: nobody };
    return this.start(request, true, nowMs).kind === "begun";
  }

  private start(
    { transferId, sessionId, task, evenArmed, by }: TransferRequest,
    isQuiet: boolean,
    nowMs: number,
  ): TransferAnswer {
    const drone = orderedDrone(this.ports, sessionId, nowMs);
    if (drone.kind === "none") return refused(drone.reason);
    const { session, target, vehicle } = drone;
    const isArmed = session.track.heartbeat?.armed === true;
    if (task.kind !== "download" && isArmed && !evenArmed) return refused("armed");
    const mission = this.missionTask(task, session, nowMs);
    if (mission === undefined) return refused("noBookingFence");
    const started = startMission(mission, target, this.ports.own, nowMs);
    const itemCount = mission.kind === "upload" ? mission.items.length : 0;
    const transfer: Transfer = {
      id: transferId,
      vehicle,
      kind: mission.kind,
      missionType: mission.missionType,
      itemCount,
      whileArmed: isArmed && mission.kind !== "download",
      by,
      requestedAtMs: nowMs,
      revision: 1,
      endedAtMs: null,
      outcome: null,
      items: null,
      texts: [],
    };
    const progress = { done: 0, total: itemCount };
    const begun: OpenTransfer = { transfer, exchange: started.exchange, progress, isQuiet };
    this.open.set(sessionId, begun);
    // What it holds is not known from here until it has been read again.
    if (mission.kind !== "download" && mission.missionType === "fence") {
      this.fences.delete(sessionId);
    }
    if (!isQuiet) this.tell(transfer, nowMs);
    this.take(begun, started, nowMs);
    return { kind: "begun", transfer };
  }

  /** A person stops it; false where it has ended already. */
  cancel(transferId: string, nowMs: number): boolean {
    for (const one of this.open.values()) {
      if (one.isQuiet || one.transfer.id !== transferId) continue;
      if (one.transfer.endedAtMs !== null) continue;
      this.take(one, cancelMission(one.exchange), nowMs);
      return true;
    }
    return false;
  }

  /** A frame of a vehicle's autopilot. Cheap where nothing is open for it. */
  heard({ sessionId }: VehicleSession, frame: FrameView, atMs: number): void {
    const one = this.open.get(sessionId);
    if (one === undefined) return;
    const sample = toSample(frame);
    if (sample?.kind === "statusText") {
      if (one.transfer.texts.length >= transferTextsMax) return;
      const texts = [...one.transfer.texts, sample.text];
      this.change(one, { texts }, one.transfer.endedAtMs === null ? undefined : atMs);
      return;
    }
    const message = readVehicleMessage(frame);
    if (message === undefined || message.kind === "commandAck") return;
    this.take(one, missionHeard(one.exchange, message, atMs), atMs);
  }

  tick(nowMs: number): void {
    for (const [sessionId, one] of this.open) {
      const { endedAtMs } = one.transfer;
      if (endedAtMs === null) this.take(one, missionTick(one.exchange, nowMs), nowMs);
      else if (one.isQuiet || nowMs - endedAtMs >= textsAfterMs) this.open.delete(sessionId);
    }
    const known = new Set([...this.ports.sessions()].map(({ sessionId }) => sessionId));
    for (const sessionId of [...this.fences.keys(), ...this.notGiven]) {
      if (known.has(sessionId)) continue;
      this.fences.delete(sessionId);
      this.notGiven.delete(sessionId);
    }
  }

  /** Ends in the journal what was open when ingest last ended. */
  interrupted(transfers: readonly Transfer[], nowMs: number): void {
    for (const transfer of transfers) {
      const { revision } = transfer;
      const outcome = { kind: "interrupted" } as const;
      const over: Transfer = { ...transfer, revision: revision + 1, endedAtMs: nowMs, outcome };
      this.tell(over, nowMs);
    }
  }

  /** What the last run began is not begun again, however often it is asked for. */
  remember(transfers: readonly Transfer[]): void {
    for (const transfer of transfers) this.recent.keep(transfer);
  }

  /** How the drone's fence stands to its booking, and when it was read in this session. */
  fenceOf(session: VehicleSession, nowMs: number): VehicleStatus["fence"] {
    const { sessionId } = session;
    const held = this.fences.get(sessionId);
    if (held === undefined) {
      const why = this.notGiven.has(sessionId) ? "notGiven" : "notRead";
      return { state: "unknown", readAtMs: null, why };
    }
    const { items, readAtMs } = held;
    if (items.length === 0) return { state: "none", readAtMs, why: null };
    const volumes = bookingOf(session, this.ports.plan(), nowMs)?.volumes ?? [];
    const wanted = this.bookingFence(session, nowMs);
    if (wanted === undefined) {
      const why = volumes.length > 1 ? "severalVolumes" : "noBooking";
      return { state: "unknown", readAtMs, why };
    }
    const state = isSameFence(wanted, items) ? "matching" : "differing";
    return { state, readAtMs, why: null };
  }

  /** The transfer under way. */
  progressOf({ sessionId }: VehicleSession): TransferProgress | null {
    const one = this.open.get(sessionId);
    if (one === undefined || one.isQuiet || one.transfer.endedAtMs !== null) return null;
    const { id: transferId, kind, missionType } = one.transfer;
    return { transferId, kind, missionType, ...one.progress };
  }

  private missionTask(
    task: TransferTask,
    session: VehicleSession,
    nowMs: number,
  ): MissionTask | undefined {
    switch (task.kind) {
      case "download":
        return task;
      case "clear":
        return { ...task, firstIsHome: isArduPilot(session) };
      case "upload": {
        const items = task.items.map(fromWireItem);
        return { ...task, items, firstIsHome: isArduPilot(session) };
      }
      case "uploadBookingFence": {
        const items = this.bookingFence(session, nowMs);
        return items && { kind: "upload", missionType: "fence", items };
      }
    }
  }

  /** An autopilot keeps to all its inclusions at once: several volumes make no one fence. */
  private bookingFence(session: VehicleSession, nowMs: number): MissionItem[] | undefined {
    const [volume, ...others] = bookingOf(session, this.ports.plan(), nowMs)?.volumes ?? [];
    if (volume === undefined || others.length > 0) return undefined;
    return fenceOfFootprint(volume.footprint);
  }

  private take(one: OpenTransfer, { exchange, steps }: MissionAdvanced, nowMs: number): void {
    one.exchange = exchange;
    for (const step of steps) {
      switch (step.kind) {
        case "send":
          // Where there is no way now, it is asked for again.
          sendTo(this.ports, one.transfer.vehicle.sessionId, step.message, nowMs);
          break;
        case "progress":
          one.progress = { done: step.done, total: step.total };
          break;
        case "ended":
          this.end(one, step.outcome, nowMs);
          break;
      }
    }
  }

  private end(one: OpenTransfer, outcome: MissionOutcome, nowMs: number): void {
    const { missionType, vehicle } = one.transfer;
    const items = "items" in outcome ? outcome.items : null;
    if (missionType === "fence" && items !== null) {
      this.fences.set(vehicle.sessionId, { items, readAtMs: nowMs });
      this.notGiven.delete(vehicle.sessionId);
    }
    const isRead = missionType === "fence" && one.transfer.kind === "download";
    if (isRead && items === null && outcome.kind !== "cancelled") {
      this.notGiven.add(vehicle.sessionId);
    }
    const told = { outcome: wireOutcome(outcome), items: items?.map(toWireItem) ?? null };
    this.change(one, { ...told, endedAtMs: nowMs }, nowMs);
  }

  /** @param tellAtMs Left out: told with the next change. */
  private change(one: OpenTransfer, by: Partial<Transfer>, tellAtMs: number | undefined): void {
    const { transfer } = one;
    one.transfer = { ...transfer, ...by, revision: transfer.revision + 1 };
    if (tellAtMs !== undefined && !one.isQuiet) this.tell(one.transfer, tellAtMs);
  }

  private tell(transfer: Transfer, atMs: number): void {
    this.recent.keep(transfer);
    this.ports.tell(atMs, { kind: "transferChanged", transfer });
  }
}

/** It puts its own home in place of a mission's first item; others keep what they are given. */
function isArduPilot({ track: { heartbeat } }: VehicleSession): boolean {
  const firmware = heartbeat && firmwareOf(heartbeat.autopilot, heartbeat.vehicleType);
  return firmware !== undefined && firmware !== "px4";
}

/** The outcome without the items, which stand beside it. */
function wireOutcome(outcome: MissionOutcome): TransferOutcome {
  switch (outcome.kind) {
    case "downloaded":
      return { kind: "downloaded" };
    case "stored":
      return {
        kind: "stored",
        ...(outcome.refused === undefined ? {} : { refused: outcome.refused }),
        ...comparedOf(outcome),
      };
    case "differs":
      return {
        kind: "differs",
        ...comparedOf(outcome),
        differences: outcome.differences.map((one) => ({
          ...one,
          found: Number.isFinite(one.found) ? one.found : null,
        })),
      };
    case "refused":
    case "tooManyItems":
    case "notAcknowledged":
    case "cancelled":
      return outcome;
  }
}

function comparedOf({ notCompared }: Pick<TransferOutcome & { kind: "stored" }, "notCompared">) {
  return notCompared === undefined ? {} : { notCompared };
}

function refused(reason: TransferNotBegun): TransferAnswer {
  return { kind: "refused", reason };
}
