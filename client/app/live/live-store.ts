// Keeps the live picture for all pages: takes what the socket brings, tells who listens. Knows no
// React and no socket, so that tests feed it by hand. Made once per sign-in by live-provider.tsx.
import { unpackSnapshot, type LiveVehicle } from "../../../contract/wire/live-snapshot.ts";
import { protocolVersion } from "../../../contract/protocol-version.ts";
import type { ServerToPage } from "../../../contract/wire/realtime.ts";
import { createDroneFrame, dronesDrawnMax, type DroneSource } from "../../map/drone-source.ts";
import {
  firstLiveState,
  pictureTrust,
  withAlarm,
  withAuthorityTurn,
  withBooking,
  withCommand,
  withFlight,
  withPicture,
  withStatuses,
  withTransfer,
  type LiveState,
} from "./live-state.ts";
import { trafficAfter } from "./live-traffic.ts";

type NamelessDrones = Omit<DroneSource, "nameOf">;

export interface LiveStore {
  readonly getState: () => LiveState;
  readonly subscribe: (listener: () => void) => () => void;
  /** What the socket calls, one method a message. */
  readonly on: ServerToPage;
  readonly connectionUp: () => void;
  readonly connectionDown: () => void;
  /** Looks whether the picture is still trusted; called a few times a second. */
  readonly tick: () => void;
  /** For the map, which adds their names in the reader's language. */
  readonly drones: NamelessDrones;
  /** The newest position of a vehicle, undefined where the snapshots hold none. */
  readonly vehicle: (liveId: number) => LiveVehicle | undefined;
  /**
   * Age of a vehicle's position in ms: its age at sending by the server's clock plus the time since
   * it came by ours. Two wall clocks are never subtracted.
   */
  readonly ageMs: (liveId: number) => number | undefined;
}

/** @param monotonicMs A clock that never steps. */
export function createLiveStore(monotonicMs: () => number): LiveStore {
  let state = firstLiveState;
  const listeners = new Set<() => void>();
  const positions = createPositions(monotonicMs);

  const set = (next: LiveState): void => {
    const trust = pictureTrust(next, positions.sinceSnapshotMs());
    if (next === state && trust === state.trust) return;
    state = trust === next.trust ? next : { ...next, trust };
    for (const listener of listeners) listener();
  };

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    connectionUp() {
      positions.restartSilence();
      set({ ...state, connection: "up" });
    },
    connectionDown: () => set({ ...state, connection: "down" }),
    tick: () => set(state),
    drones: positions.drones,
    vehicle: positions.vehicle,
    ageMs: positions.ageMs,
    on: {
      welcome: (message) =>
        set({ ...state, outdated: message.protocolVersion !== protocolVersion }),
      picture(picture) {
        set(withPicture(state, picture, monotonicMs()));
      },
      snapshot(bytes) {
        positions.take(bytes);
        if (state.trust !== "trusted") set(state);
      },
      status: ({ changed, removed }) => set(withStatuses(state, changed, removed)),
      traffic({ changed, removed }) {
        const traffic = trafficAfter(state.traffic, changed, removed, monotonicMs());
        set({ ...state, traffic });
      },
      alarm: (alarm) => set(withAlarm(state, alarm)),
      booking: (booking) => set(withBooking(state, booking)),
      flight: (flight) => set(withFlight(state, flight)),
      command: (command) => set(withCommand(state, command)),
      transfer: (transfer) => set(withTransfer(state, transfer)),
      authority: ({ sessionId }) => set(withAuthorityTurn(state, sessionId)),
      zones: (zones) => set({ ...state, zones }),
      health: (health) => set({ ...state, health }),
    },
  };
}

interface Positions {
  readonly drones: NamelessDrones;
  readonly take: (bytes: ArrayBuffer) => void;
  readonly vehicle: (liveId: number) => LiveVehicle | undefined;
  readonly ageMs: (liveId: number) => number | undefined;
  readonly sinceSnapshotMs: () => number;
  readonly restartSilence: () => void;
}

/** The part that changes twenty times a second: kept out of the state, in columns for the map. */
function createPositions(monotonicMs: () => number): Positions {
  let vehicles: ReadonlyMap<number, LiveVehicle> = new Map();
  let receivedAtMs = monotonicMs();
  const frame = createDroneFrame(dronesDrawnMax);
  const listeners = new Set<() => void>();

  const fillFrame = (newest: readonly LiveVehicle[]): void => {
    frame.count = Math.min(newest.length, dronesDrawnMax);
    for (let index = 0; index < frame.count; index++) {
      const vehicle = newest[index];
      if (vehicle === undefined) continue;
      frame.id[index] = vehicle.liveId;
      frame.latDeg[index] = vehicle.latDeg;
      frame.lngDeg[index] = vehicle.lngDeg;
      frame.headingDeg[index] = vehicle.headingDeg ?? Number.NaN;
      frame.flags[index] = vehicle.flags;
    }
  };

  return {
    take(bytes) {
      const snapshot = unpackSnapshot(new Uint8Array(bytes));
      if (snapshot === undefined) return;
      receivedAtMs = monotonicMs();
      vehicles = new Map(snapshot.vehicles.map((vehicle) => [vehicle.liveId, vehicle]));
      fillFrame(snapshot.vehicles);
      for (const listener of listeners) listener();
    },
    vehicle: (liveId) => vehicles.get(liveId),
    ageMs(liveId) {
      const vehicle = vehicles.get(liveId);
      return vehicle === undefined ? undefined : vehicle.ageMs + monotonicMs() - receivedAtMs;
    },
    sinceSnapshotMs: () => monotonicMs() - receivedAtMs,
    restartSilence: () => void (receivedAtMs = monotonicMs()),
    drones: {
      frame: () => frame,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
}
