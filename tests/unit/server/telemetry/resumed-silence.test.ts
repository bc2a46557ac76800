// Drones that are silent when ingest has started again: when they were heard last is told as it
// was, and no alarm is made of our own silence.
import { expect, test } from "vitest";
import { emptyTrack } from "../../../../server/domain/flight/vehicle-track.ts";
import { vehicleStatus } from "../../../../server/ingest/vehicle-status.ts";
import { isLost } from "../../../../server/telemetry/silence.ts";
import { madeFlight, madeStartMs } from "../../../support/made-flight.ts";
import { ingestState } from "../../../support/past-entries.ts";
import { TelemetryRun } from "../../../support/telemetry-run.ts";
import { watchPlan } from "../../../support/watch-plan.ts";

const missions = {
  fenceOf: () => ({ state: "unknown" as const, readAtMs: null, why: "notRead" as const }),
  progressOf: () => null,
};

/** The run goes on after a restart; drones were heard last when `heardAtMs` says, by system id. */
function restarted(
  before: TelemetryRun,
  heardAtMs: Readonly<Record<number, number>>,
  nowMs: number,
): TelemetryRun {
  const resumed = ingestState(before.journal, nowMs).sessions.map((open) => {
    const lastHeardAtMs = heardAtMs[open.identity.sysid] ?? nowMs;
    const session = [...before.flow.sessions()].find(
      ({ sessionId }) => sessionId === open.identity.sessionId,
    );
    const { heartbeat, systemStatus } = session?.track ?? emptyTrack;
    return {
      ...open,
      isTwin: false,
      record: before.record(open.identity.sessionId),
      lastHeardAtMs,
      told: { ...emptyTrack, heartbeat, systemStatus, heartbeatAtMs: lastHeardAtMs },
      lastPosition: undefined,
      clock: undefined,
    };
  });
  const run = new TelemetryRun(watchPlan([]), before.journal);
  run.flow.resume(resumed, nowMs * 1_000);
  return run;
}

/** System id, link as it is told, and whether it is judged as lost. */
function linksOf({ flow }: TelemetryRun, nowMs: number): unknown[] {
  return [...flow.sessions()].map((session) => {
    const status = vehicleStatus(session, flow.plan, { missions, isRefused: false }, nowMs);
    return [session.sysid, status.link, isLost(session, nowMs)];
  });
}

const linkSteps = (run: TelemetryRun): string[] =>
  run.alarmSteps().filter((step) => step.startsWith("linkLost"));

/** A drone that flew for ten seconds and was heard to their end, and when ingest is up again. */
function restartedInFlight(): { run: TelemetryRun; heardAtMs: number; upMs: number } {
  const before = new TelemetryRun(watchPlan([]));
  before.hear(madeFlight(madeStartMs, 10));
  const heardAtMs = madeStartMs + 9_000;
  const upMs = heardAtMs + 6_000;
  return { run: restarted(before, { 1: heardAtMs }, upMs), heardAtMs, upMs };
}

test("a drone that was long silent while others were heard is lost at once", () => {
  const before = new TelemetryRun(watchPlan([]));
  before.hear(madeFlight(madeStartMs, 5, { sysid: 1, isArmed: false }));
  before.hear(madeFlight(madeStartMs + 5_000, 115, { sysid: 2, isArmed: false }));
  const nowMs = madeStartMs + 123_000;
  const run = restarted(before, { 1: madeStartMs + 5_000, 2: madeStartMs + 120_000 }, nowMs);
  expect(linksOf(run, nowMs)).toEqual([
    [1, "gone", true],
    [2, "live", false],
  ]);
});

test("a silent drone is told as old as it is, and its loss once we have listened for long", () => {
  const { run, heardAtMs, upMs } = restartedInFlight();
  const [session] = run.flow.sessions();
  if (session === undefined) throw new Error("Its session goes on.");
  const status = vehicleStatus(session, run.flow.plan, { missions, isRefused: false }, upMs);
  expect(status).toMatchObject({
    link: "lost",
    lastHeartbeatAtMs: heardAtMs,
    modeName: "GUIDED",
    armed: true,
  });
  expect(linksOf(run, upMs + 4_000)).toEqual([[1, "lost", false]]);
  run.tickUntil((upMs + 4_250) * 1_000);
  expect(linkSteps(run)).toEqual([]);
  run.tickUntil((upMs + 5_000) * 1_000);
  expect(linkSteps(run)).toEqual(["linkLost standing"]);
  expect(linksOf(run, upMs + 55_000)).toEqual([[1, "gone", true]]);
  expect(session.track.heartbeatAtMs).toBe(heardAtMs);
});

test("a drone that is heard again soon after our start was never lost", () => {
  const { run, upMs } = restartedInFlight();
  run.tickUntil((upMs + 3_000) * 1_000);
  run.hear(madeFlight(upMs + 3_000, 10));
  expect(linkSteps(run)).toEqual([]);
  expect(linksOf(run, upMs + 13_000)).toEqual([[1, "live", false]]);
  expect(run.events("sessionOpened")).toHaveLength(1);
});

test("a loss that stood before the restart stands after it, until the drone is heard", () => {
  const before = new TelemetryRun(watchPlan([]));
  before.hear(madeFlight(madeStartMs, 10));
  before.tickUntil((madeStartMs + 20_000) * 1_000);
  expect(linkSteps(before)).toEqual(["linkLost standing"]);
  const upMs = madeStartMs + 22_000;
  const run = restarted(before, { 1: madeStartMs + 9_000 }, upMs);
  run.tickUntil((upMs + 10_000) * 1_000);
  expect(linkSteps(run)).toEqual(["linkLost standing"]);
  run.hear(madeFlight(upMs + 10_000, 2));
  expect(linkSteps(run)).toEqual(["linkLost standing", "linkLost returned"]);
});
