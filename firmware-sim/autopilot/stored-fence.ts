// What an ArduCopter 4.6 takes for a fence and what it says of one it does not take.
// Called by the mission store at the end of an upload.
import { common } from "mavlink-mappings";

/** Items of a fence in the configuration that was tried. */
export const fenceItemsMax = 70;

const polygonCommands: readonly number[] = [
  common.MavCmd.NAV_FENCE_POLYGON_VERTEX_INCLUSION,
  common.MavCmd.NAV_FENCE_POLYGON_VERTEX_EXCLUSION,
];
const otherCommands: readonly number[] = [
  common.MavCmd.NAV_FENCE_CIRCLE_INCLUSION,
  common.MavCmd.NAV_FENCE_CIRCLE_EXCLUSION,
  common.MavCmd.NAV_FENCE_RETURN_POINT,
];
const verticesMin = 3;

/** True for a command that may stand in a fence. */
export function isFenceCommand(command: number): boolean {
  return polygonCommands.includes(command) || otherCommands.includes(command);
}

/** Its words for what is wrong with a fence; undefined for one it takes. */
export function checkFence(items: readonly common.MissionItemInt[]): string | undefined {
  for (let at = 0; at < items.length;) {
    const item = items[at];
    if (item === undefined || !polygonCommands.includes(item.command)) {
      at += 1;
      continue;
    }
    const vertices = item.param1;
    if (vertices < verticesMin) return `Invalid vertex count (${String(vertices)})`;
    const polygon = items.slice(at, at + vertices);
    const isWhole = polygon.every(
      ({ command, param1 }) => command === item.command && param1 === vertices,
    );
    if (polygon.length !== vertices || !isWhole) return "Incorrect item count";
    at += vertices;
  }
  return undefined;
}
