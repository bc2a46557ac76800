import { expect, test } from "vitest";
import type { Alarm } from "../../../../contract/wire/alarm.ts";
import { acknowledgeAlarms } from "../../../../client/control/acknowledge.ts";
import { groupAlarms } from "../../../../client/control/alarm-groups.ts";
import { orderAlarms } from "../../../../client/control/alarm-order.ts";
import { alarmWith } from "./alarm-samples.ts";

function lostLinks(count: number, shown: Alarm["shown"] = "unacknowledged"): Alarm[] {
  return Array.from({ length: count }, (_, index) => {
    const vehicleKey = `local/${index}`;
    return alarmWith({ shown }, { id: `lost_${shown}_${index}`, kind: "linkLost", vehicleKey });
  });
}
const told = (alarms: readonly Alarm[]): string[] =>
  groupAlarms(orderAlarms(alarms)).map((item) =>
    item.kind === "alarm"
      ? item.alarm.condition.id
      : `${item.group.droneCount} drones, ${item.group.alarms.length} ${item.group.key}`,
  );

test("three alarms of a kind stand one by one, four are a group", () => {
  expect(told(lostLinks(3))).toEqual([
    "lost_unacknowledged_0",
    "lost_unacknowledged_1",
    "lost_unacknowledged_2",
  ]);
  expect(told(lostLinks(4))).toEqual(["4 drones, 4 unacknowledged high linkLost"]);
});

test("a group stands where its first alarm stood, and hides no other kind", () => {
  const keepOut = alarmWith({}, { id: "keepOut", kind: "keepOut", priority: "emergency" });
  const low = alarmWith({}, { id: "low", kind: "unbooked", priority: "low" });
  expect(told([low, ...lostLinks(20), keepOut])).toEqual([
    "keepOut",
    "20 drones, 20 unacknowledged high linkLost",
    "low",
  ]);
});

test("what is acknowledged is in no group with what is not", () => {
  expect(told([...lostLinks(5), ...lostLinks(2, "acknowledged")])).toEqual([
    "5 drones, 5 unacknowledged high linkLost",
    "lost_acknowledged_0",
    "lost_acknowledged_1",
  ]);
});

test("drones are counted once, however many alarms of the kind each has", () => {
  const zones = ["a", "b"].flatMap((zoneId) =>
    ["1", "2"].map((sysid) =>
      alarmWith({}, { id: zoneId + sysid, zoneId, kind: "keepOut", vehicleKey: `local/${sysid}` }),
    ),
  );
  expect(told(zones)).toEqual(["2 drones, 4 unacknowledged high keepOut"]);
});

test("each alarm of a group is acknowledged by its name, as worsened as it was shown", async () => {
  const [one, two, three] = lostLinks(3);
  if (one === undefined || two === undefined || three === undefined) throw new Error("no alarms");
  const worse = { ...two, condition: { ...two.condition, worsenedCount: 2 } };
  const sent: [string, object][] = [];
  const acknowledged: string[] = [];
  const problem = { type: "a", title: "Not Found", status: 404, detail: "", errorId: "" };
  const found = await acknowledgeAlarms(
    [one, worse, three],
    ({ condition }) => void acknowledged.push(condition.id),
    async (path, body) => {
      sent.push([path, body]);
      if (sent.length === 1) return { kind: "problem", problem };
      return {
        kind: "ok",
        status: 200,
        etag: null,
        value: { ...one, condition: { ...one.condition, id: path } },
      };
    },
  );
  expect(sent).toEqual([
    ["/alarms/lost_unacknowledged_0/acknowledge", { seenWorsenedCount: 0 }],
    ["/alarms/lost_unacknowledged_1/acknowledge", { seenWorsenedCount: 2 }],
    ["/alarms/lost_unacknowledged_2/acknowledge", { seenWorsenedCount: 0 }],
  ]);
  // One that fails keeps none of the others from being acknowledged.
  expect(acknowledged).toHaveLength(2);
  expect(found).toEqual(problem);
});
