import { expect, test } from "vitest";
import {
  advanced,
  createPlayer,
  playerSpeeds,
  steppedSpeed,
  toggled,
} from "../../../../client/replay/player.ts";

const range = { startMs: 1_000, endMs: 11_000 };

test("at twice the speed a second of real time is two of the flight", () => {
  const state = { timeMs: 1_000, playing: true, speed: 2 };
  expect(advanced(state, 1_000, range).timeMs).toBe(3_000);
});

test("a player that does not play does not move", () => {
  const state = { timeMs: 5_000, playing: false, speed: 1 };
  expect(advanced(state, 1_000, range)).toBe(state);
});

test("it stops at the end, and playing again starts from the beginning", () => {
  const end = advanced({ timeMs: 10_900, playing: true, speed: 50 }, 100, range);
  expect(end).toEqual({ timeMs: 11_000, playing: false, speed: 50 });
  expect(toggled(end, range)).toEqual({ timeMs: 1_000, playing: true, speed: 50 });
});

test("speeds step from half to fifty times and stay there", () => {
  expect(playerSpeeds[0]).toBe(0.5);
  expect(playerSpeeds.at(-1)).toBe(50);
  expect(steppedSpeed(1, 1)).toBe(2);
  expect(steppedSpeed(0.5, -1)).toBe(0.5);
  expect(steppedSpeed(50, 1)).toBe(50);
});

test("seeking stays within the flight and keeps playing", () => {
  const player = createPlayer(range);
  player.toggle();
  player.seek(99_000);
  expect(player.getState()).toEqual({ timeMs: 11_000, playing: true, speed: 1 });
  player.seek(-5);
  expect(player.getState().timeMs).toBe(1_000);
});

test("time passes by the frames' clock, the first frame only sets it", () => {
  const player = createPlayer(range);
  player.toggle();
  player.frame(500);
  expect(player.getState().timeMs).toBe(1_000);
  player.frame(750);
  expect(player.getState().timeMs).toBe(1_250);
});
