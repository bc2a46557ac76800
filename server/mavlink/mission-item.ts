// One item of a mission, a fence or a list of rally points, as the mission protocol carries it, and
// whether what a vehicle gives back is what it was given. https://mavlink.io/en/services/mission.html

/** MAV_MISSION_TYPE by name. */
export const missionTypes = { mission: 0, fence: 1, rally: 2 } as const;
export type MissionType = keyof typeof missionTypes;

/** MISSION_ITEM_INT without its addresses and its number. */
export interface MissionItem {
  /** MAV_FRAME. */
  readonly frame: number;
  /** MAV_CMD. */
  readonly command: number;
  readonly current: number;
  readonly autocontinue: number;
  /** NaN: the vehicle's own default. */
  readonly params: readonly [number, number, number, number];
  /** Degrees times 1e7 where the frame is a global one. */
  readonly x: number;
  readonly y: number;
  /** Metres, in the frame's datum. */
  readonly z: number;
}

/** One thing that a vehicle holds otherwise than it was told. */
export interface MissionDifference {
  /** Number of the item; the count itself where `field` is "count". */
  readonly seq: number;
  readonly field: "count" | "command" | "param1" | "x" | "y" | "z";
  readonly sent: number;
  readonly found: number;
}

/** Differences told at most; one is enough to know that it differs. */
export const missionDifferencesMax = 20;
/** ArduPilot keeps heights in whole centimetres. */
const heightToleranceM = 0.011;
/** Float32 of a radius or a count of vertices. */
const paramTolerance = 0.001;

/**
 * What of `found` is not as `sent`. Compared is what says where the vehicle may or will fly: count,
 * command, place, height where it has one, and a fence's first parameter (vertices or radius). An
 * ArduCopter gives every fence item back in frame 0, which counts as equal.
 *
 * @param firstIsHome The vehicle puts its own home in place of item 0, which is not compared then.
 */
export function missionDifferences(
  missionType: MissionType,
  sent: readonly MissionItem[],
  found: readonly MissionItem[],
  firstIsHome = false,
): MissionDifference[] {
  if (sent.length !== found.length) {
    return [{ seq: 0, field: "count", sent: sent.length, found: found.length }];
  }
  const differences: MissionDifference[] = [];
  sent.forEach((item, seq) => {
    const back = found[seq];
    if (back === undefined || (firstIsHome && seq === 0)) return;
    for (const [field, tolerance] of comparedFields(missionType)) {
      const [wanted, had] = [valueOf(item, field), valueOf(back, field)];
      if (Number.isNaN(wanted) || Math.abs(wanted - had) <= tolerance) continue;
      differences.push({ seq, field, sent: wanted, found: had });
    }
  });
  return differences.slice(0, missionDifferencesMax);
}

type ComparedField = Exclude<MissionDifference["field"], "count">;

function comparedFields(missionType: MissionType): (readonly [ComparedField, number])[] {
  const always = [["command", 0] as const, ["x", 0] as const, ["y", 0] as const];
  return missionType === "fence"
    ? [...always, ["param1", paramTolerance]]
    : [...always, ["z", heightToleranceM]];
}

function valueOf(item: MissionItem, field: ComparedField): number {
  return field === "param1" ? item.params[0] : item[field];
}
