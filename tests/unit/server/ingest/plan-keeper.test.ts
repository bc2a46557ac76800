import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
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
  const keeper = createPlanKeeper(path, log);
  expect(keeper.load()).toEqual(emptyWatchPlan);
  const newest = watchPlan([plannedBooking(1_800_000_000_000, [1])]);
  void keeper.keep(watchPlan([]));
  await keeper.keep(newest);
  expect(createPlanKeeper(path, log).load()).toEqual(newest);
  expect(log.lines).toEqual([]);
});

test("a plan that cannot be read is said, and ingest waits for a new one", () => {
  const path = join(folder, "plan.json");
  writeFileSync(path, '{"version":');
  const log = createSilentLog();
  expect(createPlanKeeper(path, log).load()).toEqual(emptyWatchPlan);
  expect(log.lines).toEqual(["warn The kept plan cannot be read; waiting for a new one."]);
});
