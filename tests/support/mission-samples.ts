// Fences, missions and rally points made to order for tests of the mission protocol.
import type { MissionItem } from "../../server/mavlink/mission-item.ts";

export const fenceInclusion = 5001; // MAV_CMD_NAV_FENCE_POLYGON_VERTEX_INCLUSION
const rallyPoint = 5100;
const waypoint = 16;

export function itemAt(seq: number, fields: Partial<MissionItem> = {}): MissionItem {
  return {
    frame: 6,
    command: waypoint,
    current: 0,
    autocontinue: 1,
    params: [0, 0, 0, 0],
    x: 222_600_000 + seq * 101,
    y: 1_141_300_000 - seq * 57,
    z: 20 + seq,
    ...fields,
  };
}

/** One inclusion polygon of so many vertices. */
export function polygonFence(vertices: number, seed = 0): MissionItem[] {
  return Array.from({ length: vertices }, (_, seq) =>
    itemAt(seq + seed, { frame: 0, command: fenceInclusion, params: [vertices, 0, 0, 0], z: 0 }),
  );
}

export function waypoints(count: number): MissionItem[] {
  return Array.from({ length: count }, (_, seq) => itemAt(seq));
}

export function rallyPoints(count: number): MissionItem[] {
  return Array.from({ length: count }, (_, seq) => itemAt(seq, { command: rallyPoint, z: 15 }));
}
