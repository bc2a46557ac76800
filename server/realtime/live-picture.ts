// The newest of everything that ingest tells and that only "now" needs: vehicles, links, the last
// snapshot, the health of the picture. Fed by the LiveFeed, read by pages.ts and the routers.
import {
  emptyWireReport,
  type VehicleStatus,
  type WireReport,
} from "../../contract/wire/live-status.ts";
import type { PictureHealth } from "../../contract/wire/realtime.ts";
import type { IngestHello } from "../cluster/live-feed.ts";

export interface LivePicture {
  /** Returns the vehicles that are gone with an earlier run of ingest. */
  up(hello: IngestHello): number[];
  down(): void;
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
  /** Undefined before the first, and while ingest is away. */
  readonly snapshot: Uint8Array | undefined;
  readonly planVersionInForce: number;
  health(): PictureHealth;
}

/** @param monotonicMs A clock that only ever runs forward. */
export function createLivePicture(monotonicMs: () => number): LivePicture {
  let heardAtMs = monotonicMs();
  let planVersion = 0;
  let lastPid: number | undefined;
  const vehicles = new Map<number, VehicleStatus>();
  const now = {
    hello: undefined as IngestHello | undefined,
    vehicles,
    wire: emptyWireReport,
    snapshot: undefined as Uint8Array | undefined,
    planVersionInForce: 0,
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
      const gone = hello.pid === lastPid ? [] : [...vehicles.keys()];
      for (const liveId of gone) vehicles.delete(liveId);
      lastPid = hello.pid;
      now.hello = hello;
      now.planVersionInForce = hello.planVersion;
      heard();
      return gone;
    },
    down() {
      now.hello = undefined;
      now.snapshot = undefined;
    },
    snapshot(bytes) {
      now.snapshot = bytes;
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
