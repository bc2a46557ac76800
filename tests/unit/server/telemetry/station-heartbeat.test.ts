// Ground stations that say they are a vehicle.
import { expect, test } from "vitest";
import { madeFlight, madeStartMs } from "../../../support/made-flight.ts";
import { TelemetryRun } from "../../../support/telemetry-run.ts";
import { watchPlan } from "../../../support/watch-plan.ts";

test.each([245, 255])("a station's system id is no drone, whatever it says: %i", (sysid) => {
  const run = new TelemetryRun(watchPlan([]));
  run.hear(madeFlight(madeStartMs, 5, { sysid }));
  expect([...run.flow.sessions()]).toEqual([]);
  expect(run.journal).toEqual([]);
});

test("another system id with the same frames is one", () => {
  const run = new TelemetryRun(watchPlan([]));
  run.hear(madeFlight(madeStartMs, 5, { sysid: 244 }));
  expect(run.events("sessionOpened")).toHaveLength(1);
});
