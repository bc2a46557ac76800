// MAV_MISSION_RESULT by name. Read by the mission exchange.
import type { MissionRefusal } from "../../contract/wire/mission.ts";

/** The results that something is decided by. */
export const missionResult = {
  accepted: 0,
  error: 1,
  noSpace: 4,
  invalidSequence: 13,
  cancelled: 15,
} as const;

const refusals: Readonly<Record<number, MissionRefusal>> = {
  1: "error",
  2: "unsupportedFrame",
  3: "unsupported",
  4: "noSpace",
  5: "invalid",
  6: "invalidParameter",
  7: "invalidParameter",
  8: "invalidParameter",
  9: "invalidParameter",
  10: "invalidParameter",
  11: "invalidParameter",
  12: "invalidParameter",
  13: "invalidSequence",
  14: "denied",
  15: "cancelled",
};

/** A result other than 0, in our words. */
export function refusalOf(code: number): MissionRefusal {
  return refusals[code] ?? "other";
}
