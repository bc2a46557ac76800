import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { emptyWatchPlan } from "../../../../contract/wire/watch-plan.ts";
import { createPlanKeeper } from "../../../../server/ingest/plan-keeper.ts";
import { createSilentLog } from "../../../support/silent-log.ts";
import { plannedBooking, watchPlan } from "../../../support/watch-plan.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "skyrange-plan-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the plan kept last is there after a restart", async () => {
  const path = join(folder, "plan.json");
  const log = createSilentLog();
  const kept: number[] = [];
  const keeper = createPlanKeeper(path, log, (version) => kept.push(version));
  expect(keeper.load()).toEqual(emptyWatchPlan);
  const newest = watchPlan([plannedBooking(1_800_000_000_000, [1])]);
  void keeper.keep(watchPlan([]));
  const keeping = keeper.keep(newest);
  expect([kept, keeper.keptVersion]).toEqual([[], 0]);
  await keeping;
  expect(kept.at(-1)).toBe(newest.version);
  const again = createPlanKeeper(path, log, () => undefined);
  expect(again.load()).toEqual(newest);
  expect(again.keptVersion).toBe(newest.version);
  expect(log.lines).toEqual([]);
});

test("a plan that cannot be read is said, and ingest waits for a new one", () => {
  const path = join(folder, "plan.json");
  writeFileSync(path, '{"version":');
  const log = createSilentLog();
  expect(createPlanKeeper(path, log, () => undefined).load()).toEqual(emptyWatchPlan);
  expect(log.lines).toEqual(["warn The kept plan cannot be read; waiting for a new one."]);
});

test("a plan that the disk refuses is told once, and acknowledged once it is kept", async () => {
  const path = join(folder, "missing", "plan.json");
  const log = createSilentLog();
  const kept: number[] = [];
  const keeper = createPlanKeeper(path, log, (version) => kept.push(version));
  await keeper.keep(watchPlan([]));
  for (let tick = 0; tick < 3; tick++) keeper.tick();
  await keeper.keep(watchPlan([]));
  expect([kept, keeper.keptVersion]).toEqual([[], 0]);
  expect(log.lines).toEqual([
    "error The plan is judged by but could not be kept; it is tried again.",
  ]);
  mkdirSync(join(folder, "missing"));
  keeper.tick();
  await vi.waitFor(() => expect(kept).toEqual([7]));
});
