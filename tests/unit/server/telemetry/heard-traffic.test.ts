// Aircraft that a receiver on a drone hears, through the whole telemetry flow.
import { expect, test } from "vitest";
import { makeHeartbeat } from "../../../support/mavlink-frames.ts";
import { TelemetryRun } from "../../../support/telemetry-run.ts";
import { adsbFrame } from "../../../support/traffic-frames.ts";
import { watchPlan } from "../../../support/watch-plan.ts";

const startUs = 1_800_000_000_000_000;
const secondUs = 1_000_000;
const place = { latDeg: 22.2601, lngDeg: 114.1302 };

test("a receiver that is a component of its own counts once its drone is heard beside it", () => {
  const run = new TelemetryRun(watchPlan([]));
  const receiver = { sysid: 1, sequence: 0 };
  const hear = (atS: number, port: number, bytes: Uint8Array): void => {
    run.hear([{ stampUs: startUs + atS * secondUs, port, bytes }]);
  };
  hear(0, 50_001, adsbFrame(receiver, place));
  expect([...run.flow.traffic.all()]).toEqual([]);
  hear(1, 50_001, makeHeartbeat());
  hear(2, 50_001, adsbFrame(receiver, place));
  expect([...run.flow.traffic.all()]).toMatchObject([
    { key: "icao:780A1B", heardBy: { sysid: 1, compid: 156 } },
  ]);
  // From another sender, with the same system id: nothing is learned from it.
  hear(3, 50_002, adsbFrame(receiver, { latDeg: 10, lngDeg: 10 }));
  expect([...run.flow.traffic.all()]).toMatchObject([{ report: place }]);
});
