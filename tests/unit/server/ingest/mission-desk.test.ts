// Transfers through the telemetry flow and a drone that answers as an ArduCopter, and what is known
// of its fence afterwards.
import { expect, test } from "vitest";
import { fenceOfFootprint, isSameFence } from "../../../../server/mavlink/booking-fence.ts";
import { toWireItem } from "../../../../server/ingest/wire-mission-item.ts";
import { OrderRun } from "../../../support/order-run.ts";
import { polygonFence, waypoints } from "../../../support/mission-samples.ts";
import { flyingArea, plannedBooking, watchPlan } from "../../../support/watch-plan.ts";

const startMs = 1_760_000_000_000;
const plan = watchPlan([plannedBooking(startMs, [1])]);

function landed(): OrderRun {
  const run = new OrderRun(plan, startMs);
  run.add(5000, 1);
  run.run(6_000);
  return run;
}

function fenceState(run: OrderRun): string {
  const [session] = run.flow.sessions();
  return session === undefined ? "" : run.desks.missions.fenceOf(session, run.nowMs).state;
}

test("the booking's fence is uploaded, read back and shown as matching the booking", () => {
  const run = landed();
  expect(fenceState(run)).toBe("unknown");
  const answer = run.transfer(run.sessionId(5000), { kind: "uploadBookingFence" });
  expect(answer.kind).toBe("begun");
  run.run(3_000);
  expect(run.lastTransfer()).toMatchObject({
    kind: "upload",
    missionType: "fence",
    itemCount: 4,
    whileArmed: false,
    outcome: { kind: "stored" },
  });
  expect(fenceState(run)).toBe("matching");
});

test("another fence is shown as differing, none as none, and a reboot makes it unknown", () => {
  const run = landed();
  const items = polygonFence(4).map(toWireItem);
  run.transfer(run.sessionId(5000), { kind: "upload", missionType: "fence", items });
  run.run(3_000);
  expect(fenceState(run)).toBe("differing");
  run.transfer(run.sessionId(5000), { kind: "clear", missionType: "fence" });
  expect(fenceState(run)).toBe("unknown");
  run.run(3_000);
  expect(fenceState(run)).toBe("none");
  expect(run.order(run.sessionId(5000), { kind: "reboot" }).kind).toBe("sent");
  run.run(6_000);
  expect(fenceState(run)).toBe("unknown");
});

test("a change to an armed drone's fence needs a second word, reading it does not", () => {
  const run = new OrderRun(plan, startMs);
  const { drone } = run.add(5000, 1);
  run.run(6_000);
  drone.order({ kind: "mode", mode: "GUIDED" });
  drone.order({ kind: "arm" });
  drone.order({ kind: "takeOff", heightAboveHomeM: 20 });
  run.run(5_000);
  const id = run.sessionId(5000);
  const clear = { kind: "clear", missionType: "fence" } as const;
  expect(run.transfer(id, clear)).toEqual({ kind: "refused", reason: "armed" });
  expect(run.transfer(id, { kind: "uploadBookingFence" })).toMatchObject({ reason: "armed" });
  expect(run.sent).toEqual([]);
  expect(run.transfer(id, { kind: "download", missionType: "fence" }).kind).toBe("begun");
  run.run(3_000);
  expect(run.transfer(id, clear, true).kind).toBe("begun");
  run.run(2_000);
  expect(run.lastTransfer()).toMatchObject({ whileArmed: true, outcome: { kind: "stored" } });
});

test("one transfer a drone at a time; a person may stop it", () => {
  const run = landed();
  const id = run.sessionId(5000);
  const items = waypoints(300).map(toWireItem);
  const begun = run.transfer(id, { kind: "upload", missionType: "mission", items });
  if (begun.kind !== "begun") throw new Error(begun.reason);
  expect(run.transfer(id, { kind: "download", missionType: "fence" })).toEqual({
    kind: "refused",
    reason: "busy",
  });
  expect(run.desks.missions.cancel(begun.transfer.id, run.nowMs)).toBe(true);
  expect(run.lastTransfer()).toMatchObject({ outcome: { kind: "cancelled" } });
  expect(run.desks.missions.cancel(begun.transfer.id, run.nowMs)).toBe(false);
});

test("a drone without a booking, or with several volumes, has no fence to be given", () => {
  const run = new OrderRun(watchPlan([]), startMs);
  run.add(5000, 1);
  run.run(6_000);
  expect(run.transfer(run.sessionId(5000), { kind: "uploadBookingFence" })).toEqual({
    kind: "refused",
    reason: "noBookingFence",
  });
});

test("a fence is the same from any corner on and either way round, not with a moved corner", () => {
  const fence = fenceOfFootprint(flyingArea);
  const [first, ...rest] = fence;
  if (first === undefined) throw new Error("no corner");
  expect(isSameFence(fence, [...rest, first])).toBe(true);
  expect(isSameFence(fence, [...fence].reverse())).toBe(true);
  expect(isSameFence(fence, [{ ...first, x: first.x + 100 }, ...rest])).toBe(false);
  expect(isSameFence(fence, [...fence, ...polygonFence(3)])).toBe(false);
  const circle = { centre: { latDeg: 22.26, lngDeg: 114.13 }, radiusM: 80 };
  const round = fenceOfFootprint({ kind: "circle", ...circle });
  expect(round).toMatchObject([{ command: 5003, params: [80, 0, 0, 0], x: 222_600_000 }]);
  expect(isSameFence(round, fenceOfFootprint({ kind: "circle", ...circle, radiusM: 81 }))).toBe(
    false,
  );
});
