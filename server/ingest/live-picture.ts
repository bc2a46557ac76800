// The live picture: a packed snapshot of every vehicle each 50 ms, a vehicle's status when it
// changes, at most once a second, and the link counters each second. Called by the ingest timers.
import { packSnapshot } from "../../contract/wire/live-snapshot.ts";
import type { ListenerCounters, VehicleStatus } from "../../contract/wire/live-status.ts";
import type { LiveFeedPublisher } from "../cluster/live-feed.ts";
import { linkState } from "../domain/flight/link-health.ts";
import type { TelemetryFlow } from "../telemetry-flow.ts";
import { heardSilenceMs, isFlying, type VehicleSession } from "../telemetry/vehicle-session.ts";
import { liveVehicle, vehicleStatus, type FenceFacts } from "./vehicle-status.ts";

/** A vehicle's status goes out at most this often, but for what stops orders to it. */
const statusEveryMs = 1_000;
const linksEveryMs = 1_000;
const emptyEveryMs = 1_000;

interface SentStatus {
  readonly atMs: number;
  readonly text: string;
  readonly isAmbiguous: boolean;
}

export interface LivePicture {
  /** Each 50 ms. */
  sendSnapshot(nowMs: number): void;
  /** Each tick. */
  sendStatus(nowMs: number): void;
}

export function createLivePicture(
  flow: Pick<TelemetryFlow, "sessions" | "links" | "plan" | "isRefused">,
  listeners: () => readonly ListenerCounters[],
  feed: Pick<LiveFeedPublisher, "snapshot" | "status" | "links">,
  missions: FenceFacts,
): LivePicture {
  const sent = new Map<number, SentStatus>();
  let linksSentAtMs = 0;
  let emptySentAtMs = 0;

  function sendSnapshot(nowMs: number): void {
    const vehicles = [];
    for (const session of flow.sessions()) {
      const vehicle = isShown(session, nowMs) ? liveVehicle(session, nowMs) : undefined;
      if (vehicle !== undefined) vehicles.push(vehicle);
    }
    // An empty sky is told once a second: pages trust no picture that is silent.
    if (vehicles.length === 0 && nowMs - emptySentAtMs < emptyEveryMs) return;
    emptySentAtMs = vehicles.length === 0 ? nowMs : 0;
    feed.snapshot(packSnapshot({ sentAtMs: nowMs, vehicles }));
  }

  function sendStatus(nowMs: number): void {
    const changed: VehicleStatus[] = [];
    const shown = new Set<number>();
    for (const session of flow.sessions()) {
      if (!isShown(session, nowMs)) continue;
      shown.add(session.liveId);
      const before = sent.get(session.liveId);
      const isAlike = before?.isAmbiguous === session.isAmbiguous;
      if (isAlike && nowMs - before.atMs < statusEveryMs) continue;
      const isRefused = flow.isRefused(session.sysid);
      const status = vehicleStatus(session, flow.plan, { missions, isRefused }, nowMs);
      const text = JSON.stringify(status);
      if (text === before?.text) continue;
      const { isAmbiguous } = session;
      sent.set(session.liveId, { atMs: nowMs, text, isAmbiguous });
      changed.push(status);
    }
    const removed = [...sent.keys()].filter((liveId) => !shown.has(liveId));
    for (const liveId of removed) sent.delete(liveId);
    if (changed.length > 0 || removed.length > 0) feed.status(changed, removed);
    if (nowMs - linksSentAtMs < linksEveryMs) return;
    linksSentAtMs = nowMs;
    const links = [...flow.links()].map((link) => link.counters(nowMs));
    feed.links({ links, listeners: [...listeners()] });
  }

  return { sendSnapshot, sendStatus };
}

/** A drone on the ground that fell silent leaves the picture; one that was flying never does. */
function isShown(session: VehicleSession, nowMs: number): boolean {
  return isFlying(session) || linkState(heardSilenceMs(session, nowMs)) !== "gone";
}
