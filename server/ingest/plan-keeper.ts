// The last plan on disk, so that ingest judges on by it after a restart while the web process is
// down. Called by server/ingest/main.ts.
import { readFileSync } from "node:fs";
import { emptyWatchPlan, watchPlanSchema, type WatchPlan } from "../../contract/wire/watch-plan.ts";
import type { Log } from "../log.ts";
import { writeWholeFile } from "./write-whole-file.ts";

export interface PlanKeeper {
  /** The plan kept last; the empty one where there is none that can be read. */
  load(): WatchPlan;
  /**
   * Keeps a plan in place of the one before, whole or not at all. The newest of several wins.
   * Settles once it was tried; what the disk refused is tried again at each tick.
   */
  keep(plan: WatchPlan): Promise<void>;
  tick(): void;
  /** Version of the plan that is on disk; 0 before the first. */
  readonly keptVersion: number;
}

/** @param onKept A plan of this version outlasts a restart from now on. */
export function createPlanKeeper(
  path: string,
  log: Log,
  onKept: (version: number) => void,
): PlanKeeper {
  let newest: WatchPlan | undefined;
  let keptVersion = 0;
  let isRefused = false;
  let isBusy = false;
  let busy: Promise<void> = Promise.resolve();

  async function writeNewest(): Promise<void> {
    const plan = newest;
    if (plan === undefined) return;
    isBusy = true;
    try {
      await writeWholeFile(path, JSON.stringify(plan));
      if (newest === plan) newest = undefined;
      keptVersion = plan.version;
      isRefused = false;
      onKept(plan.version);
    } catch (error) {
      if (!isRefused) {
        log.error("The plan is judged by but could not be kept; it is tried again.", { error });
      }
      isRefused = true;
    }
    isBusy = false;
  }

  function write(): Promise<void> {
    busy = busy.then(writeNewest);
    return busy;
  }

  return {
    load() {
      try {
        const plan = watchPlanSchema.parse(JSON.parse(readFileSync(path, "utf8")));
        keptVersion = plan.version;
        return plan;
      } catch (error) {
        const isAbsent = error instanceof Error && "code" in error && error.code === "ENOENT";
        if (!isAbsent) log.warn("The kept plan cannot be read; waiting for a new one.", { error });
        return emptyWatchPlan;
      }
    },
    keep(plan) {
      newest = plan;
      return write();
    },
    tick() {
      if (isRefused && !isBusy) void write();
    },
    get keptVersion() {
      return keptVersion;
    },
  };
}
