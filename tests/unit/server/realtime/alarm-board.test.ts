// The board of alarms: newest condition wins, acts join, what is long over leaves.
import { expect, test } from "vitest";
import {
  boardAlarmsMax,
  clearedShownMs,
  createAlarmBoard,
  unseenShownMs,
} from "../../../../server/realtime/alarm-board.ts";
import { armedAtMs, condition } from "../../../support/journal-entries.ts";

const returned = { ...condition, state: "returned" as const, returnedAtMs: armedAtMs + 30_000 };
const act = {
  alarmId: condition.id,
  eventNumber: 7,
  atMs: armedAtMs + 25_000,
  byUserId: "usr_1",
  byName: "Karl Cheung",
  seenWorsenedCount: 0,
};

test("an alarm is shown, acknowledged, and cleared when it returns", () => {
  const board = createAlarmBoard([], []);
  expect(board.changed(condition, 4, armedAtMs)?.shown).toBe("unacknowledged");
  expect(board.acted(act)).toMatchObject({ shown: "acknowledged", eventNumber: 7 });
  expect(board.changed(returned, 6, armedAtMs)).toMatchObject({
    shown: "cleared",
    journalNumber: 6,
    acknowledgement: { byName: "Karl Cheung" },
  });
});

test("an alarm that ends unseen stays until somebody acknowledges it", () => {
  const board = createAlarmBoard([{ condition: returned, journalNumber: 6 }], []);
  const later = armedAtMs + 10 * clearedShownMs;
  expect(board.list(later).map(({ shown }) => shown)).toEqual(["returnedUnacknowledged"]);
  expect(board.acted({ ...act, atMs: later })?.shown).toBe("cleared");
});

test("an alarm that nobody saw leaves a day after its end, as it would at a restart", () => {
  const board = createAlarmBoard([{ condition: returned, journalNumber: 6 }], []);
  const overAtMs = returned.returnedAtMs;
  expect(board.list(overAtMs + unseenShownMs)).toHaveLength(1);
  expect(board.list(overAtMs + unseenShownMs + 1)).toHaveLength(0);
  const standing = createAlarmBoard([{ condition, journalNumber: 4 }], []);
  expect(standing.list(overAtMs + 10 * unseenShownMs)).toHaveLength(1);
});

test("what became worse after somebody looked needs another look, however late the act", () => {
  const board = createAlarmBoard([], []);
  board.changed(condition, 4, armedAtMs);
  board.changed({ ...condition, worse: true, worsenedCount: 1 }, 5, armedAtMs);
  const late = { ...act, atMs: armedAtMs + 1e9 };
  expect(board.acted(late)).toMatchObject({ shown: "unacknowledged" });
  const again = { ...late, eventNumber: 8, seenWorsenedCount: 1 };
  expect(board.acted(again)).toMatchObject({ shown: "acknowledged" });
  const olderPage = { ...act, eventNumber: 9, byName: "Mei" };
  expect(board.acted(olderPage)).toMatchObject({ shown: "acknowledged", eventNumber: 9 });
});

test("a condition that came before changes nothing", () => {
  const board = createAlarmBoard([{ condition: returned, journalNumber: 6 }], []);
  expect(board.changed(condition, 4, armedAtMs)).toBeUndefined();
  expect(board.find(condition.id)?.condition.state).toBe("returned");
});

test("what has been over for an hour leaves the board", () => {
  const board = createAlarmBoard([{ condition: returned, journalNumber: 6 }], [act]);
  const overAtMs = returned.returnedAtMs;
  expect(board.list(overAtMs + clearedShownMs)).toHaveLength(1);
  expect(board.list(overAtMs + clearedShownMs + 1)).toHaveLength(0);
});

test("a full board keeps what stands and lets the oldest of the rest go", () => {
  const board = createAlarmBoard([], []);
  board.changed({ ...condition, id: "alm_standing", lastRaisedAtMs: 0 }, 1, armedAtMs);
  for (let n = 0; n < boardAlarmsMax; n += 1) {
    const one = { ...returned, id: `alm_${n}`, lastRaisedAtMs: armedAtMs + n };
    board.changed(one, n + 2, armedAtMs);
  }
  expect(board.list(armedAtMs)).toHaveLength(boardAlarmsMax);
  expect(board.find("alm_standing")).toBeDefined();
  expect(board.find("alm_0")).toBeUndefined();
  expect(board.find("alm_1")).toBeDefined();
});
