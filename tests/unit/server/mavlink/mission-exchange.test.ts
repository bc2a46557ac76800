// Transfers with a drone that answers as an ArduCopter does, over a good link; exact steps by hand
// where no drone would do them.
import { expect, test } from "vitest";
import { missionItemsMax } from "../../../../contract/wire/mission.ts";
import { createEncoder } from "../../../../server/mavlink/encode.ts";
import {
  missionHeard,
  missionTick,
  startMission,
  type MissionStep,
  type MissionTask,
} from "../../../../server/mavlink/mission-exchange.ts";
import { missionDifferences } from "../../../../server/mavlink/mission-item.ts";
import type { VehicleMissionMessage } from "../../../../server/mavlink/vehicle-message.ts";
import { runMission } from "../../../support/mission-run.ts";
import { itemAt, polygonFence, rallyPoints, waypoints } from "../../../support/mission-samples.ts";
import { SimulatedFleet, station } from "../../../support/simulated-fleet.ts";

const goodLink = { loss: 0, duplication: 0, delayMsMin: 1, delayMsMax: 2 };
const target = { sysid: 2, compid: 1 };
const toUs = { from: target, to: station };

function fleet(): SimulatedFleet {
  return new SimulatedFleet([2], goodLink, 1);
}

function download(drones: SimulatedFleet, missionType: MissionTask["missionType"]): unknown {
  return runMission(drones, 2, { kind: "download", missionType }).outcome;
}

test("a fence is uploaded, read back the same, and given back by a later download", () => {
  const drones = fleet();
  const items = polygonFence(5);
  const run = runMission(drones, 2, { kind: "upload", missionType: "fence", items });
  expect(run.outcome).toEqual({ kind: "stored", items });
  const progress = run.steps.filter((step) => step.kind === "progress");
  expect(progress.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5, 1, 2, 3, 4, 5]);
  expect(download(drones, "fence")).toEqual({ kind: "downloaded", items });
  expect(download(drones, "rally")).toEqual({ kind: "downloaded", items: [] });
});

test("a mission's item 0 that comes back as the drone's home is told as not compared", () => {
  const drones = fleet();
  const items = waypoints(4);
  const upload = { kind: "upload", missionType: "mission", items } as const;
  const kept = runMission(drones, 2, { ...upload, firstIsHome: true }).outcome;
  expect(kept).toMatchObject({ kind: "stored", notCompared: "firstItemIsHome" });
  expect(kept).not.toMatchObject({ items });
  const cleared = runMission(drones, 2, { kind: "clear", missionType: "mission" }).outcome;
  expect(cleared.kind).toBe("stored");
});

test("of a drone that keeps what it is given, item 0 is compared like every other", () => {
  const upload = { kind: "upload", missionType: "mission", items: waypoints(4) } as const;
  const { outcome } = runMission(fleet(), 2, upload);
  expect(outcome).toMatchObject({ kind: "differs", differences: [{ seq: 0 }, { seq: 0 }] });
  expect(outcome).not.toHaveProperty("notCompared");
});

test("a cleared fence is gone, and clearing what is not there is no fault", () => {
  const drones = fleet();
  runMission(drones, 2, { kind: "upload", missionType: "fence", items: polygonFence(3) });
  const clear: MissionTask = { kind: "clear", missionType: "fence" };
  expect(runMission(drones, 2, clear).outcome).toEqual({ kind: "stored", items: [] });
  expect(runMission(drones, 2, clear).outcome).toEqual({ kind: "stored", items: [] });
  expect(download(drones, "fence")).toEqual({ kind: "downloaded", items: [] });
});

test("what the drone refuses is told by its reason, and what it held before stays", () => {
  const drones = fleet();
  const before = polygonFence(4);
  const upload = (items: Extract<MissionTask, { kind: "upload" }>["items"]) =>
    runMission(drones, 2, { kind: "upload", missionType: "fence", items }).outcome;
  upload(before);
  expect(upload(polygonFence(2))).toEqual({ kind: "refused", refusal: "error", code: 1 });
  expect(upload(polygonFence(5).slice(0, 4))).toMatchObject({ kind: "refused", code: 1 });
  expect(upload([...polygonFence(3), itemAt(3)])).toMatchObject({ refusal: "unsupported" });
  expect(upload(polygonFence(71))).toEqual({ kind: "refused", refusal: "noSpace", code: 4 });
  expect(download(drones, "fence")).toEqual({ kind: "downloaded", items: before });
});

test("a refusal of what the drone holds already is told beside what it holds", () => {
  const items = polygonFence(3);
  const task: MissionTask = { kind: "upload", missionType: "fence", items };
  const told = { missionType: "fence", ...toUs } as const;
  let { exchange, steps } = startMission(task, target, station, 0);
  const hear = (message: VehicleMissionMessage): void => {
    ({ exchange, steps } = missionHeard(exchange, message, 10));
  };
  for (const seq of items.keys()) hear({ kind: "missionRequest", seq, ...told });
  hear({ kind: "missionAck", result: 1, ...told });
  hear({ kind: "missionCount", count: items.length, ...told });
  for (const [seq, item] of items.entries()) hear({ kind: "missionItem", seq, item, ...told });
  const refused = { refusal: "error", code: 1 };
  expect(steps.at(-1)).toEqual({ kind: "ended", outcome: { kind: "stored", items, refused } });
});

test("a count beyond what is read is ours to refuse, not the drone's refusal", () => {
  const { exchange } = startMission(
    { kind: "download", missionType: "mission" },
    target,
    station,
    0,
  );
  const message = { kind: "missionCount", count: 65_535, missionType: "mission" };
  const { steps } = missionHeard(exchange, { ...message, ...toUs } as VehicleMissionMessage, 10);
  expect(steps).toEqual([
    { kind: "ended", outcome: { kind: "tooManyItems", count: 65_535, countMax: missionItemsMax } },
  ]);
});

test("while another station uploads, ours is denied", () => {
  const drones = fleet();
  const other = createEncoder({ sysid: 255, compid: 190 });
  drones
    .drone(2)
    .receive(other.message(target, { kind: "missionCount", missionType: "fence", count: 3 }));
  const { outcome } = runMission(drones, 2, {
    kind: "upload",
    missionType: "fence",
    items: polygonFence(3),
  });
  expect(outcome).toEqual({ kind: "refused", refusal: "denied", code: 14 });
});

test("a stopped upload ends cancelled at once and tells the drone", () => {
  const drones = fleet();
  const task: MissionTask = { kind: "upload", missionType: "mission", items: waypoints(200) };
  const run = runMission(drones, 2, task, 500);
  expect(run.outcome).toEqual({ kind: "cancelled" });
  expect(run.tookMs).toBe(500);
  const sent = run.steps.flatMap((step) => (step.kind === "send" ? [step.message] : []));
  expect(sent.at(-1)).toEqual({ kind: "missionAck", missionType: "mission", result: 15 });
});

test("a drone that never answers is asked ten times and then given up", () => {
  const task: MissionTask = { kind: "download", missionType: "fence" };
  let { exchange, steps } = startMission(task, target, station, 0);
  const all: MissionStep[] = [...steps];
  for (let atMs = 250; atMs <= 60_000; atMs += 250) {
    ({ exchange, steps } = missionTick(exchange, atMs));
    all.push(...steps);
  }
  expect(all.filter((step) => step.kind === "send")).toHaveLength(10);
  expect(all.at(-1)).toEqual({
    kind: "ended",
    outcome: { kind: "notAcknowledged", at: "download" },
  });
});

test("both ways of asking for an item are answered, out of order and again, with that item", () => {
  const items = polygonFence(3);
  let { exchange } = startMission(
    { kind: "upload", missionType: "fence", items },
    target,
    station,
    0,
  );
  for (const seq of [0, 1, 1, 0, 2]) {
    const advanced = missionHeard(exchange, said({ kind: "missionRequest", seq }), 10);
    exchange = advanced.exchange;
    expect(advanced.steps[0]).toEqual({
      kind: "send",
      message: { kind: "missionItem", missionType: "fence", seq, item: items[seq] },
    });
  }
  expect(missionHeard(exchange, said({ kind: "missionRequest", seq: 3 }), 20).steps).toEqual([]);
});

test("another vehicle, station or list does not move a transfer", () => {
  const items = polygonFence(3);
  const { exchange } = startMission(
    { kind: "upload", missionType: "fence", items },
    target,
    station,
    0,
  );
  const request = said({ kind: "missionRequest", seq: 0 });
  const strangers: VehicleMissionMessage[] = [
    { ...request, from: { sysid: 3, compid: 1 } },
    { ...request, to: { sysid: 255, compid: 190 } },
    { ...request, missionType: "mission" },
  ];
  for (const stranger of strangers) {
    expect(missionHeard(exchange, stranger, 10)).toEqual({ exchange, steps: [] });
  }
});

test("a vehicle that asks without end is left after a bounded number of answers", () => {
  const items = polygonFence(3);
  let { exchange } = startMission(
    { kind: "upload", missionType: "fence", items },
    target,
    station,
    0,
  );
  let sent = 1;
  for (let ask = 0; ask < 10_000; ask += 1) {
    const advanced = missionHeard(exchange, said({ kind: "missionRequest", seq: 0 }), ask);
    exchange = advanced.exchange;
    sent += advanced.steps.filter((step) => step.kind === "send").length;
  }
  expect(exchange.phase.kind).toBe("over");
  expect(sent).toBe(96);
});

test("a fence read back differs by count, command, place or number of vertices alone", () => {
  const sent = polygonFence(3);
  const again = sent.map((item) => ({ ...item, frame: 3, z: 5 }));
  expect(missionDifferences("fence", sent, again)).toEqual([]);
  const moved = sent.map((item, seq) => (seq === 1 ? { ...item, x: item.x + 1 } : item));
  expect(missionDifferences("fence", sent, moved)).toEqual([
    { seq: 1, field: "x", sent: sent[1]?.x, found: (sent[1]?.x ?? 0) + 1 },
  ]);
  expect(missionDifferences("fence", sent, [])).toEqual([
    { seq: 0, field: "count", sent: 3, found: 0 },
  ]);
  const lower = rallyPoints(2).map((item) => ({ ...item, z: 14 }));
  expect(missionDifferences("rally", rallyPoints(2), lower)).toHaveLength(2);
});

type Said =
  | { readonly kind: "missionRequest"; readonly seq: number }
  | { readonly kind: "missionAck"; readonly result: number };

function said(message: Said): VehicleMissionMessage {
  return { ...message, missionType: "fence", from: target, to: station };
}
