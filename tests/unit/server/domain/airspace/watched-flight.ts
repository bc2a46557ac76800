// Flies samples through the watch, for the tests of this folder.
import type { WatchPlan } from "../../../../../contract/wire/watch-plan.ts";
import {
  emptyWatchState,
  judgeSample,
  type WatchState,
} from "../../../../../server/domain/airspace/airspace-watch.ts";
import { prepareAirspace } from "../../../../../server/domain/airspace/prepared-airspace.ts";
import type {
  WatchChange,
  WatchSample,
} from "../../../../../server/domain/airspace/watch-cause.ts";
import { sampleAt } from "./plan-builders.ts";

/** Flies the samples; the state goes through JSON on the way, as it does at a restart. */
export function fly(
  plan: WatchPlan,
  samples: readonly WatchSample[],
  before: WatchState = emptyWatchState,
): { changes: WatchChange[]; told: string[]; state: WatchState; standing: string[] } {
  const airspace = prepareAirspace(plan);
  const subject = { booking: plan.bookings[0] };
  const changes: WatchChange[] = [];
  let state = before;
  let standing: string[] = [];
  for (const sample of samples) {
    const outcome = judgeSample(airspace, subject, state, sample);
    changes.push(...outcome.changes);
    state = JSON.parse(JSON.stringify(outcome.state)) as WatchState;
    standing = outcome.standing.map(({ key }) => key);
  }
  const told = changes.map(({ change, cause, atMs }) => `${atMs} ${change} ${cause.key}`);
  return { changes, told, state, standing };
}

/** One sample a second from `fromS` to `toS`, both included. */
export function each(
  fromS: number,
  toS: number,
  at: (second: number) => [eastM: number, northM: number, aboveHomeM?: number],
): WatchSample[] {
  return Array.from({ length: toS - fromS + 1 }, (_, index) => {
    const second = fromS + index;
    return sampleAt(second * 1000, ...at(second));
  });
}
