// Two senders of one system id: from when to when nothing is sent to either, what pages are shown
// meanwhile, and what the alarm says.
import { expect, test } from "vitest";
import { routeTo } from "../../../../server/ingest/command-route.ts";
import { makeHeartbeat } from "../../../support/mavlink-frames.ts";
import { link, TelemetryRun } from "../../../support/telemetry-run.ts";
import { watchPlan } from "../../../support/watch-plan.ts";

const startUs = Date.UTC(2026, 10, 22, 2) * 1_000;
const tickUs = 250_000;
/** Whose frames they are is settled by then; the alarm waits for it. */
const settledMs = 1_750;
const drone = { port: 5_000, customMode: 0 };
const other = { port: 6_000, customMode: 9 };

interface Seen {
  readonly atMs: number;
  readonly route: string;
  readonly isAmbiguous: boolean;
  readonly isAlarmed: boolean;
}

/** The drone's heartbeat each second but in `silentS`, the other's at these times; each tick. */
function seenWith(othersAtS: readonly number[], untilS: number, silentS: readonly number[] = []) {
  const run = new TelemetryRun(watchPlan([]));
  const hear = ({ port, customMode }: typeof drone, atUs: number): void =>
    run.flow.onDatagram(
      makeHeartbeat({ baseMode: 89, systemStatus: 3, customMode }),
      link(port),
      startUs + atUs,
    );
  const seen: Seen[] = [];
  for (let atUs = 0; atUs <= untilS * 1e6; atUs += tickUs) {
    if (atUs % 1e6 === 0 && !silentS.includes(atUs / 1e6)) hear(drone, atUs);
    if (othersAtS.includes(atUs / 1e6)) hear(other, atUs + 100_000);
    const nowUs = startUs + atUs + 200_000;
    run.tickUntil(nowUs);
    const nowMs = nowUs / 1_000;
    const session = run.flow.vehicle(1);
    const found = routeTo(run.flow.sessions(), session?.sessionId ?? "", nowMs);
    const standing = run.alarms().filter(({ kind }) => kind === "duplicateSysid");
    seen.push({
      atMs: atUs / 1_000,
      route: found.kind === "none" ? found.reason : found.kind,
      isAmbiguous: session?.isAmbiguous === true,
      isAlarmed: standing.at(-1)?.state === "standing",
    });
  }
  return seen;
}

function blockedMs(seen: readonly Seen[]): number[] {
  return seen.filter(({ route }) => route === "ambiguous").map(({ atMs }) => atMs);
}

test("one stray heartbeat stops orders for as long as a lost link takes, and no longer", () => {
  const seen = seenWith([10], 80);
  const blocked = blockedMs(seen);
  expect(blocked[0]).toBe(10_000);
  expect(blocked.at(-1)).toBeLessThanOrEqual(10_000 + 5_000);
  expect(seen.at(-1)?.route).toBe("route");
});

test("orders, what pages show and the alarm agree at every tick", () => {
  const seen = seenWith([10, 30, 31, 32, 33], 60);
  for (const one of seen) {
    expect(one, String(one.atMs)).toMatchObject({ isAmbiguous: one.route === "ambiguous" });
    const isSettling = one.atMs >= 10_000 && one.atMs < 10_000 + settledMs;
    if (!isSettling) expect(one).toMatchObject({ isAlarmed: one.isAmbiguous });
  }
  expect(blockedMs(seen)).toContain(33_000);
  expect(seen.at(-1)?.isAlarmed).toBe(false);
});

test("one datagram a minute does not stop orders for good", () => {
  const seen = seenWith([10, 70, 130], 180);
  expect(blockedMs(seen).length).toBeLessThan((3 * 5_250) / 250);
});

test("two drones that send in turn get no order while either may be heard", () => {
  const turns = Array.from({ length: 20 }, (_, n) => 10 + n * 3);
  const silent = turns.map((atS) => atS + 1);
  const seen = seenWith(turns, 67, silent);
  const meanwhile = seen.filter(({ atMs }) => atMs >= 10_000);
  expect(meanwhile.filter(({ route }) => route === "route")).toEqual([]);
});
