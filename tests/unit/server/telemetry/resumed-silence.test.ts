// Drones that were silent when ingest ended, after it has started again.
import { expect, test } from "vitest";
import { linkState } from "../../../../server/domain/flight/link-health.ts";
import { ingestState } from "../../../../server/ingest/ingest-state.ts";
import { madeFlight, madeStartMs } from "../../../support/made-flight.ts";
import { TelemetryRun } from "../../../support/telemetry-run.ts";
import { watchPlan } from "../../../support/watch-plan.ts";

test("a drone that was long silent while others were heard is not heard by our restart", () => {
  const before = new TelemetryRun(watchPlan([]));
  before.hear(madeFlight(madeStartMs, 5, { sysid: 1, isArmed: false }));
  before.hear(madeFlight(madeStartMs + 5_000, 115, { sysid: 2, isArmed: false }));
  const nowMs = madeStartMs + 123_000;
  const heardAtMs: Record<number, number> = { 1: madeStartMs + 5_000, 2: madeStartMs + 120_000 };
  const resumed = ingestState(before.journal, nowMs).sessions.map((open) => ({
    ...open,
    isTwin: false,
    record: before.record(open.identity.sessionId),
    lastHeardAtMs: heardAtMs[open.identity.sysid] ?? nowMs,
    lastPosition: undefined,
    clock: undefined,
  }));
  const run = new TelemetryRun(watchPlan([]), before.journal);
  run.flow.resume(resumed, nowMs * 1_000);
  const links = [...run.flow.sessions()].map(({ sysid, track }) => [
    sysid,
    linkState(nowMs - track.heartbeatAtMs),
  ]);
  expect(links).toEqual([
    [1, "gone"],
    [2, "live"],
  ]);
});
