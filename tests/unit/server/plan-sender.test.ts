// The newest whole plan goes to ingest after every change, once, and again on a new connection.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { emptyWatchPlan } from "../../../contract/wire/watch-plan.ts";
import { createPlanSender, type PlanSender } from "../../../server/plan-sender.ts";

let version: number;
let failures: number;
let sent: number[];
let sender: PlanSender;

beforeEach(() => {
  vi.useFakeTimers();
  version = 1;
  failures = 0;
  sent = [];
  sender = createPlanSender({
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    plan: {
      planVersion: async () => version,
      readWatchPlan: async () => {
        if (failures-- > 0) throw new Error("database is locked");
        return { ...emptyWatchPlan, version };
      },
    },
    send: (plan) => void sent.push(plan.version),
    onRead: () => {},
  });
});
afterEach(async () => {
  await sender.stop();
  vi.useRealTimers();
});

test("a plan is sent once for each version", async () => {
  await sender.check();
  await sender.check();
  version = 2;
  await sender.check();
  expect(sent).toEqual([1, 2]);
});

test("a change made by another process is seen within a second", async () => {
  await sender.check();
  version = 5;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sent).toEqual([1, 5]);
});

test("a plan that could not be read is sent as soon as it can", async () => {
  failures = 2;
  await sender.check();
  expect(sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sent).toEqual([1]);
});

test("a change during a reading is sent after it", async () => {
  const first = sender.check();
  version = 2;
  await Promise.all([first, sender.check()]);
  expect(sent.at(-1)).toBe(2);
});

test("another connection gets the plan again", async () => {
  await sender.check();
  sender.sendAgain();
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toEqual([1, 1]);
});
