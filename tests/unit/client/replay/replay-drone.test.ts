import { expect, test } from "vitest";
import { droneLook } from "../../../../client/map/drone-source.ts";
import { createPlayer } from "../../../../client/replay/player.ts";
import { createReplayDrone } from "../../../../client/replay/replay-drone.ts";
import { firstMs, trackWithGap } from "./track-samples.ts";

function droneAt(second: number) {
  const player = createPlayer({ startMs: firstMs, endMs: firstMs + 10_000 });
  const spans = [{ startMs: firstMs + 1_000, endMs: firstMs + 2_000, priority: "high" as const }];
  player.seek(firstMs + second * 1_000);
  return createReplayDrone({ track: trackWithGap, player, name: "Kestrel", spans }).frame();
}

test("the drone stands where the player is", () => {
  expect(droneAt(0.5).latDeg[0]).toBeCloseTo(22.05, 9);
  expect(droneLook(droneAt(0.5).flags[0] ?? 0)).toBe("normal");
});

test("while an alarm stood the drone looks it, up to its end and no longer", () => {
  expect(droneLook(droneAt(1).flags[0] ?? 0)).toBe("nonconforming");
  expect(droneLook(droneAt(2).flags[0] ?? 0)).toBe("normal");
});

test("in a gap the drone looks lost, where it was last heard", () => {
  const frame = droneAt(5);
  expect(frame.latDeg[0]).toBe(22.3);
  expect(droneLook(frame.flags[0] ?? 0)).toBe("lost");
});
