// Where each drone was in the last two minutes: one ring of points per drone in typed arrays.
// Fed from every picture by drone-drawing.ts, which draws it behind the drones.
import { liveFlag } from "../../contract/wire/live-snapshot.ts";
import type { DroneFrame } from "./drone-source.ts";
import { mercatorX, mercatorY, type LocalOrigin } from "./mercator.ts";

/** Points kept per drone; at one a second, two minutes. */
export const trailPointsMax = 120;
/** Drones whose trail is kept; the oldest silent one makes room. */
export const trailsMax = 1_000;
const trailStepMs = 1_000;
/** A jump of about 1.9 km in one step is another flight or a mended link: the trail starts anew. */
const jumpUnitsMax = 5e-5;
/** Between points further apart in time nobody knows where the drone was: no line is drawn. */
const gapMs = 3_000;
const unheard = liveFlag.stale | liveFlag.lost;

interface Ring {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** 1 where nothing leads to the point from the one before. */
  readonly begins: Uint8Array;
  /** Where the next point goes. */
  next: number;
  length: number;
  lastAtMs: number;
}

export interface TrailStore {
  readonly origin: LocalOrigin;
  /**
   * Adds where the drones are now, of those that are heard. At most one point a second and drone
   * is kept.
   *
   * @param nowMs A monotonic clock.
   * @returns True where a trail became longer.
   */
  add(frame: DroneFrame, nowMs: number): boolean;
  /**
   * Calls back for each piece of each trail, oldest first, with coordinates relative to `origin`
   * and its age from 0 (new) to 1 (about to go).
   */
  eachSegment(onSegment: SegmentListener): void;
  /** The newest point of a drone's trail, undefined where it has none. */
  head(id: number): { readonly x: number; readonly y: number } | undefined;
  clear(): void;
}

type SegmentListener = (x0: number, y0: number, x1: number, y1: number, age: number) => void;

export function createTrailStore(origin: LocalOrigin): TrailStore {
  const rings = new Map<number, Ring>();
  return {
    origin,
    add(frame, nowMs) {
      let grew = false;
      for (let index = 0; index < frame.count; index++) {
        if (((frame.flags[index] ?? 0) & unheard) !== 0) continue;
        const ring = ringOf(rings, frame.id[index] ?? 0);
        if (ring.length > 0 && nowMs - ring.lastAtMs < trailStepMs) continue;
        const x = mercatorX(frame.lngDeg[index] ?? 0) - origin.x;
        const y = mercatorY(frame.latDeg[index] ?? 0) - origin.y;
        push(ring, x, y, nowMs);
        grew = true;
      }
      return grew;
    },
    eachSegment(onSegment) {
      for (const ring of rings.values()) eachSegmentOf(ring, onSegment);
    },
    head(id) {
      const ring = rings.get(id);
      if (ring === undefined || ring.length === 0) return undefined;
      const at = (ring.next + trailPointsMax - 1) % trailPointsMax;
      return { x: ring.x[at] ?? 0, y: ring.y[at] ?? 0 };
    },
    clear: () => rings.clear(),
  };
}

function ringOf(rings: Map<number, Ring>, id: number): Ring {
  const known = rings.get(id);
  if (known !== undefined) {
    // Insertion order is the order of last use, so that the first one is the longest silent.
    rings.delete(id);
    rings.set(id, known);
    return known;
  }
  if (rings.size >= trailsMax) {
    const oldest = rings.keys().next();
    if (oldest.done !== true) rings.delete(oldest.value);
  }
  const ring: Ring = {
    x: new Float32Array(trailPointsMax),
    y: new Float32Array(trailPointsMax),
    begins: new Uint8Array(trailPointsMax),
    next: 0,
    length: 0,
    lastAtMs: 0,
  };
  rings.set(id, ring);
  return ring;
}

function push(ring: Ring, x: number, y: number, nowMs: number): void {
  const last = (ring.next + trailPointsMax - 1) % trailPointsMax;
  const jumped = Math.hypot(x - (ring.x[last] ?? 0), y - (ring.y[last] ?? 0)) > jumpUnitsMax;
  if (ring.length > 0 && jumped) ring.length = 0;
  ring.x[ring.next] = x;
  ring.y[ring.next] = y;
  ring.begins[ring.next] = nowMs - ring.lastAtMs > gapMs ? 1 : 0;
  ring.next = (ring.next + 1) % trailPointsMax;
  ring.length = Math.min(trailPointsMax, ring.length + 1);
  ring.lastAtMs = nowMs;
}

function eachSegmentOf(ring: Ring, onSegment: SegmentListener): void {
  const oldest = (ring.next + trailPointsMax - ring.length) % trailPointsMax;
  for (let step = 1; step < ring.length; step++) {
    const from = (oldest + step - 1) % trailPointsMax;
    const to = (oldest + step) % trailPointsMax;
    if (ring.begins[to] === 1) continue;
    const age = 1 - step / ring.length;
    onSegment(ring.x[from] ?? 0, ring.y[from] ?? 0, ring.x[to] ?? 0, ring.y[to] ?? 0, age);
  }
}
