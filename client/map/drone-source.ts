// What the map draws as moving drones: columns of numbers that are refilled in place, so that ten
// updates a second make no garbage. The live store, with names from the page, and the replay player
// each are one.
import { liveFlag } from "../../contract/wire/live-snapshot.ts";

/** Most drones drawn at once; more are listed beside the map but not drawn. */
export const dronesDrawnMax = 5_000;

/** One picture of all drones. Only the first `count` entries hold something. */
export interface DroneFrame {
  count: number;
  /** The live number of each vehicle; its key between the map and the page. */
  readonly id: Int32Array;
  readonly latDeg: Float64Array;
  readonly lngDeg: Float64Array;
  /** NaN where the heading is unknown. */
  readonly headingDeg: Float32Array;
  /** Bits of liveFlag (contract/wire/live-snapshot.ts). */
  readonly flags: Uint16Array;
}

export interface DroneSource {
  /** The newest picture; the same object each time. */
  frame(): DroneFrame;
  nameOf(id: number): string;
  /** Called after each new picture. Returns the function that ends it. */
  subscribe(listener: () => void): () => void;
}

export function createDroneFrame(capacity: number): DroneFrame {
  return {
    count: 0,
    id: new Int32Array(capacity),
    latDeg: new Float64Array(capacity),
    lngDeg: new Float64Array(capacity),
    headingDeg: new Float32Array(capacity),
    flags: new Uint16Array(capacity),
  };
}

/** How a drone looks: shape first, colour only beside it. */
export type DroneLook = "normal" | "unbooked" | "nonconforming" | "contingent" | "lost";

/** The worst of what the flags say. */
export function droneLook(flags: number): DroneLook {
  if ((flags & liveFlag.contingent) !== 0) return "contingent";
  if ((flags & liveFlag.nonconforming) !== 0) return "nonconforming";
  if ((flags & (liveFlag.lost | liveFlag.stale)) !== 0) return "lost";
  if ((flags & liveFlag.unbooked) !== 0) return "unbooked";
  return "normal";
}
