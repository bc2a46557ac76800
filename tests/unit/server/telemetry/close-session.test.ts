// A session that a controller closes: recorded flights through the telemetry flow, cut short.
import { expect, test } from "vitest";
import { ingestState } from "../../../support/past-entries.ts";
import { flightsAvailable } from "../../../support/flights.ts";
import { madeFlight, madeStartMs, outsideLon, wideArea } from "../../../support/made-flight.ts";
import { heardInPcap, TelemetryRun } from "../../../support/telemetry-run.ts";
import { plannedBooking, watchPlan } from "../../../support/watch-plan.ts";

const secondUs = 1_000_000;

// Skipped where the recorded flights are absent; tests/support/flights.ts says so.
const flightTest = test.skipIf(!flightsAvailable);

/** Flight a, armed and vanished after 100 s. */
function vanished() {
  const heard = heardInPcap("a_normal.pcap");
  const run = new TelemetryRun(watchPlan([plannedBooking(heard.firstUs / 1000, [1])]));
  const cutUs = heard.firstUs + 100 * secondUs;
  run.hear(heard.datagrams.filter(({ stampUs }) => stampUs < cutUs));
  const [session] = run.flow.sessions();
  if (session === undefined) throw new Error("flight a was heard");
  const close = (atUs: number, sessionId = session.sessionId) =>
    run.flow.closeSession({ sessionId, byUserId: "usr_1", nowMs: Math.floor(atUs / 1000) });
  return { heard, run, cutUs, session, close };
}

flightTest("closing ends an armed flight without disarming, and says who and why", () => {
  const { run, cutUs, session, close } = vanished();
  run.tickUntil(cutUs + 20 * secondUs);
  const flightId = session.flight?.id;
  expect(close(cutUs + 20 * secondUs)).toEqual({
    kind: "closed",
    sessionId: session.sessionId,
    flightId,
  });
  expect([...run.flow.sessions()]).toEqual([]);
  expect(run.events("sessionClosed")).toMatchObject([
    { reason: "closedByController", byUserId: "usr_1" },
  ]);
  expect(run.seals).toMatchObject([
    { flightId, disarmedAtMs: null, endedBy: "closedByController" },
  ]);
  expect(run.alarmSteps()).toEqual(["linkLost standing", "linkLost returned"]);
  const { unsealed } = ingestState(run.journal, cutUs / 1000);
  expect(unsealed).toEqual(run.seals);
});

flightTest("a drone that is still heard keeps its session, and an unknown one is refused", () => {
  const { run, cutUs, close } = vanished();
  expect(close(cutUs + secondUs)).toEqual({ kind: "refused", reason: "stillHeard" });
  expect(close(cutUs + 20 * secondUs, "ses_other")).toEqual({
    kind: "refused",
    reason: "unknownSession",
  });
  expect(run.events("sessionClosed")).toEqual([]);
});

flightTest("a drone that returns after its session was closed begins another flight", () => {
  const { heard, run, cutUs, close } = vanished();
  close(cutUs + 20 * secondUs);
  run.hear(heard.datagrams.filter(({ stampUs }) => stampUs >= cutUs + 30 * secondUs));
  expect(run.events("sessionOpened")).toHaveLength(2);
  expect(run.events("flightStarted").map(({ binding }) => binding.kind)).toEqual([
    "booked",
    "booked",
  ]);
});

test("a booking is conforming again once the session of the drone that left it has ended", () => {
  const run = new TelemetryRun(watchPlan([plannedBooking(madeStartMs, [1])], [wideArea]));
  run.hear(madeFlight(madeStartMs, 10, { lon: outsideLon }));
  run.tickUntil((madeStartMs + 20_000) * 1_000);
  const [session] = run.flow.sessions();
  const sessionId = session?.sessionId ?? "";
  run.flow.closeSession({ sessionId, byUserId: "usr_1", nowMs: madeStartMs + 20_000 });
  expect(run.events("conformanceChanged")).toMatchObject([
    { state: "nonconforming", causes: ["volumeLateral"] },
    { state: "conforming", causes: [] },
  ]);
});
