// Uploads and clearings over a link that loses 30 %, doubles and reorders: what is said to be
// stored is stored, on that drone and no other, and what is said to be refused is not.
import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import type { MissionTask } from "../../server/mavlink/mission-exchange.ts";
import type { MissionItem } from "../../server/mavlink/mission-item.ts";
import { badLink, seededRandom } from "../support/lossy-link.ts";
import { runMission } from "../support/mission-run.ts";
import { polygonFence, rallyPoints, waypoints } from "../support/mission-samples.ts";
import { SimulatedFleet } from "../support/simulated-fleet.ts";

const runs = 400;
/** The simulated autopilot, too, puts its home in place of item 0. */
const ofArduPilot = { missionType: "mission", firstIsHome: true } as const;
const goodLink = { loss: 0, duplication: 0, delayMsMin: 1, delayMsMax: 2 };

function uploadFor(seed: number): Extract<MissionTask, { kind: "upload" }> {
  const count = 3 + Math.floor(seededRandom(seed)() * 12);
  switch (seed % 3) {
    case 0:
      return { kind: "upload", missionType: "fence", items: polygonFence(count, seed) };
    case 1:
      return { ...ofArduPilot, kind: "upload", items: waypoints(count) };
    default:
      return { kind: "upload", missionType: "rally", items: rallyPoints(count) };
  }
}

/** What the drone holds, by a link that does not fail. */
function heldBy(fleet: SimulatedFleet, sysid: number, { missionType }: MissionTask): MissionItem[] {
  fleet.mend(goodLink);
  const { outcome } = runMission(fleet, sysid, { kind: "download", missionType });
  if (outcome.kind !== "downloaded") throw new Error(outcome.kind);
  return [...outcome.items];
}

function places(items: readonly MissionItem[], { missionType }: MissionTask): number[][] {
  const compared = missionType === "mission" ? items.slice(1) : items;
  return compared.map(({ command, x, y }) => [command, x, y]);
}

test("an upload at 30 % loss is said to be stored where it is, refused where it is not", () => {
  const ends = new Map<string, number>();
  for (let seed = 1; seed <= runs; seed += 1) {
    const fleet = new SimulatedFleet([1, 2], badLink, seed);
    const task = uploadFor(seed);
    const { outcome } = runMission(fleet, 2, task);
    ends.set(outcome.kind, (ends.get(outcome.kind) ?? 0) + 1);
    const held = heldBy(fleet, 2, task);
    const isHeld = isDeepStrictEqual(places(held, task), places(task.items, task));
    if (outcome.kind !== "notAcknowledged") {
      expect([seed, outcome.kind, isHeld]).toEqual([seed, outcome.kind, outcome.kind === "stored"]);
    }
    expect([seed, heldBy(fleet, 1, task)]).toEqual([seed, []]);
  }
  expect(ends.get("stored")).toBeGreaterThan(0.95 * runs);
});

test("a clearing at 30 % loss that is said to be done is done", () => {
  let cleared = 0;
  for (let seed = 1; seed <= runs / 4; seed += 1) {
    const fleet = new SimulatedFleet([2], goodLink, seed);
    const task = uploadFor(seed);
    runMission(fleet, 2, task);
    fleet.mend(badLink);
    const { outcome } = runMission(fleet, 2, { kind: "clear", missionType: task.missionType });
    if (outcome.kind !== "stored") continue;
    cleared += 1;
    expect([seed, heldBy(fleet, 2, task)]).toEqual([seed, []]);
  }
  expect(cleared).toBeGreaterThan(0.95 * (runs / 4));
});
