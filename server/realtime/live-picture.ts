// The newest of everything that ingest tells and that only "now" needs: vehicles, links, the last
// snapshot, the health of the picture. Fed by the LiveFeed, read by pages.ts and the routers.
import { snapshotSentAtMs } from "../../contract/wire/live-snapshot.ts";
import {
  emptyWireReport,
  type VehicleStatus,
  type WireReport,
} from "../../contract/wire/live-status.ts";
import type { PictureHealth } from "../../contract/wire/realtime.ts";
import type { IngestHello } from "../cluster/live-feed.ts";
import { unwatchedLink } from "../domain/flight/link-health.ts";

export interface LivePicture {
  /** Returns the vehicles that are gone with an earlier run of ingest. */
  up(hello: IngestHello): number[];
  down(): void;
  /** While ingest is away all grows old: returns the vehicles whose link is a worse one by now. */
  age(): VehicleStatus[];
  snapshot(bytes: Uint8Array): void;
  status(changed: readonly VehicleStatus[], removedLiveIds: readonly number[]): void;
  wire(report: WireReport): void;
  planAcknowledged(version: number): void;
  planRead(version: number): void;
  readonly now: LiveState;
}

/** What is known now. */
export interface LiveState {
  readonly hello: IngestHello | undefined;
  readonly vehicles: ReadonlyMap<number, VehicleStatus>;
  readonly wire: WireReport;
  /** Undefined before the first of this run of ingest; while it is away, the last that came. */
  readonly snapshot: Uint8Array | undefined;
  /** Time since that came, ms. */
  snapshotAgeMs(): number;
  readonly planVersionInForce: number;
  health(): PictureHealth;
}

/** @param monotonicMs A clock that only ever runs forward. */
export function createLivePicture(monotonicMs: () => number): LivePicture {
  let heardAtMs = monotonicMs();
  let snapshotAtMs = heardAtMs;
  let planVersion = 0;
  let lastPid: number | undefined;
  const vehicles = new Map<number, VehicleStatus>();
  const now = {
    hello: undefined as IngestHello | undefined,
    vehicles,
    wire: emptyWireReport,
    snapshot: undefined as Uint8Array | undefined,
    planVersionInForce: 0,
    snapshotAgeMs: () => Math.max(0, Math.round(monotonicMs() - snapshotAtMs)),
    health: (): PictureHealth => ({
      ingestConnected: now.hello !== undefined,
      ingestAgeMs: Math.max(0, Math.round(monotonicMs() - heardAtMs)),
      planVersionInForce: now.planVersionInForce,
      planVersion: Math.max(planVersion, now.planVersionInForce),
    }),
  };
  const heard = (): void => {
    heardAtMs = monotonicMs();
  };
  return {
    now,
    up(hello) {
      // Another run of ingest numbers its vehicles anew.
      const isAnother = hello.pid !== lastPid;
      const gone = isAnother ? [...vehicles.keys()] : [];
      if (isAnother) now.snapshot = undefined;
      for (const liveId of gone) vehicles.delete(liveId);
      lastPid = hello.pid;
      now.hello = hello;
      now.planVersionInForce = hello.planVersion;
      heard();
      return gone;
    },
    down() {
      now.hello = undefined;
    },
    age() {
      if (now.hello !== undefined) return [];
      const aged = agedStatuses(now);
      for (const status of aged) vehicles.set(status.liveId, status);
      return aged;
    },
    snapshot(bytes) {
      now.snapshot = bytes;
      snapshotAtMs = monotonicMs();
      heard();
    },
    status(changed, removedLiveIds) {
      for (const liveId of removedLiveIds) vehicles.delete(liveId);
      for (const status of changed) vehicles.set(status.liveId, status);
      heard();
    },
    wire(report) {
      now.wire = report;
      heard();
    },
    planAcknowledged(version) {
      now.planVersionInForce = version;
      heard();
    },
    planRead(version) {
      planVersion = version;
    },
  };
}

/** Those whose link is a worse one by now, with it. */
function agedStatuses(now: LiveState): VehicleStatus[] {
  return [...now.vehicles.values()].flatMap((status) => {
    const link = unwatchedLink(status.link, heartbeatAgeMs(status, now));
    return link === status.link ? [] : [{ ...status, link }];
  });
}

/** Both stamps are of ingest's clock; what has passed since is of ours. */
function heartbeatAgeMs({ lastHeartbeatAtMs }: VehicleStatus, now: LiveState): number {
  if (now.snapshot === undefined) return now.health().ingestAgeMs;
  const ageAtSendingMs = snapshotSentAtMs(now.snapshot) - lastHeartbeatAtMs;
  return Math.max(0, ageAtSendingMs) + now.snapshotAgeMs();
}
