// The last plan on disk, so that ingest judges on by it after a restart while the web process is
// down. Called by server/ingest/main.ts.
import { readFileSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { emptyWatchPlan, watchPlanSchema, type WatchPlan } from "../../contract/wire/watch-plan.ts";
import type { Log } from "../log.ts";

export interface PlanKeeper {
  /** The plan kept last; the empty one where there is none that can be read. */
  load(): WatchPlan;
  /** Keeps a plan in place of the one before, whole or not at all. The newest of several wins. */
  keep(plan: WatchPlan): Promise<void>;
}

export function createPlanKeeper(path: string, log: Log): PlanKeeper {
  let newest: WatchPlan | undefined;
  let busy: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const plan = newest;
    newest = undefined;
    if (plan === undefined) return;
    try {
      const file = await open(`${path}.new`, "w", 0o600);
      try {
        await file.writeFile(JSON.stringify(plan));
        await file.datasync();
      } finally {
        await file.close();
      }
      await rename(`${path}.new`, path);
    } catch (error) {
      log.error("The plan could not be kept; a restart begins with an older one.", { error });
    }
  }

  return {
    load() {
      try {
        return watchPlanSchema.parse(JSON.parse(readFileSync(path, "utf8")));
      } catch (error) {
        const isAbsent = error instanceof Error && "code" in error && error.code === "ENOENT";
        if (!isAbsent) log.warn("The kept plan cannot be read; waiting for a new one.", { error });
        return emptyWatchPlan;
      }
    },
    keep(plan) {
      newest = plan;
      busy = busy.then(write);
      return busy;
    },
  };
}
