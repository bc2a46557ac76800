// The fence that stands for a booked volume, and whether the fence on a drone is that one. Called
// by the mission desk of ingest. https://mavlink.io/en/services/mission.html#geofencing
import type { Footprint } from "../../contract/wire/geometry.ts";
import type { MissionItem } from "./mission-item.ts";

const commands = { inclusion: 5001, exclusion: 5002, circleInclusion: 5003 } as const;
/** Degrees times 1e7: what rounding there and back may change, about 2 cm. */
const placeTolerance = 2;
const radiusToleranceM = 0.01;

/** Its outline as an inclusion, its holes as exclusions, a circle by its radius. */
export function fenceOfFootprint(footprint: Footprint): MissionItem[] {
  if (footprint.kind === "circle") {
    const { centre, radiusM } = footprint;
    return [vertex(commands.circleInclusion, radiusM, centre.lngDeg, centre.latDeg)];
  }
  return footprint.polygon.coordinates.flatMap((ring, index) => {
    const command = index === 0 ? commands.inclusion : commands.exclusion;
    const corners = ring.slice(0, -1);
    return corners.map(([lngDeg, latDeg]) => vertex(command, corners.length, lngDeg, latDeg));
  });
}

function vertex(command: number, param1: number, lngDeg: number, latDeg: number): MissionItem {
  return {
    frame: 0,
    command,
    current: 0,
    autocontinue: 1,
    params: [param1, 0, 0, 0],
    x: Math.round(latDeg * 1e7),
    y: Math.round(lngDeg * 1e7),
    z: 0,
  };
}

/**
 * Whether two fences enclose the same: the same outlines in any order, each from any corner on and
 * either way round.
 */
export function isSameFence(wanted: readonly MissionItem[], held: readonly MissionItem[]): boolean {
  const left = shapesOf(held);
  const shapes = shapesOf(wanted);
  if (shapes.length !== left.length) return false;
  return shapes.every((shape) => {
    const at = left.findIndex((other) => isSameShape(shape, other));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

type Shape = readonly MissionItem[];

/** A polygon's corners stand together, each with their number; anything else stands alone. */
function shapesOf(items: readonly MissionItem[]): Shape[] {
  const shapes: Shape[] = [];
  for (let at = 0; at < items.length;) {
    const item = items[at];
    const isPolygon = item?.command === commands.inclusion || item?.command === commands.exclusion;
    const length = isPolygon ? Math.max(1, Math.round(item.params[0])) : 1;
    shapes.push(items.slice(at, at + length));
    at += length;
  }
  return shapes;
}

function isSameShape(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false;
  const reversed = [...b].reverse();
  return a.some((_, shift) => isSameFrom(a, b, shift) || isSameFrom(a, reversed, shift));
}

function isSameFrom(a: Shape, b: Shape, shift: number): boolean {
  return a.every((item, index) => {
    const other = b[(index + shift) % b.length];
    return other !== undefined && isSameItem(item, other);
  });
}

function isSameItem(a: MissionItem, b: MissionItem): boolean {
  return (
    a.command === b.command &&
    Math.abs(a.params[0] - b.params[0]) <= radiusToleranceM &&
    Math.abs(a.x - b.x) <= placeTolerance &&
    Math.abs(a.y - b.y) <= placeTolerance
  );
}
