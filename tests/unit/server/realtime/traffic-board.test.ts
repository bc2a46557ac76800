import { expect, test } from "vitest";
import { createTrafficBoard, trafficFor } from "../../../../server/realtime/traffic-board.ts";
import { aircraftWith, heardByKestrel, vesselWith } from "../../../support/traffic-samples.ts";

const everything = { kind: "everything" } as const;

function boardWithClock() {
  const clock = { nowMs: 50_000 };
  return { clock, board: createTrafficBoard(() => clock.nowMs) };
}

test("only what is new, moved, or was heard again two seconds later is told to pages", () => {
  const { clock, board } = boardWithClock();
  expect(board.take([aircraftWith(), vesselWith()])).toMatchObject({
    changed: [{ key: "icao:780A1B" }, { key: "mmsi:477123456" }],
    removed: [],
  });
  clock.nowMs += 1_000;
  // One second older each: nobody heard them again.
  const older = [aircraftWith({ ageMs: 2_000 }), vesselWith({ ageMs: 13_000 })];
  expect(board.take(older)).toEqual({ changed: [], removed: [] });
  clock.nowMs += 1_000;
  const moved = aircraftWith({ ageMs: 0, position: { latDeg: 22.2601, lngDeg: 114.1309 } });
  const again = vesselWith({ ageMs: 12_500 });
  expect(board.take([moved, again]).changed).toEqual([moved]);
  const heardAnew = vesselWith({ ageMs: 500 });
  expect(board.take([moved, heardAnew]).changed).toEqual([heardAnew]);
});

test("what ingest does not list any more is taken from the pages by its key", () => {
  const { board } = boardWithClock();
  board.take([aircraftWith(), vesselWith()]);
  expect(board.take([vesselWith()])).toEqual({ changed: [], removed: ["icao:780A1B"] });
  expect(board.take([])).toEqual({ changed: [], removed: ["mmsi:477123456"] });
  expect(board.seenBy(everything)).toEqual([]);
});

test("a page that opens later is told the age of that moment", () => {
  const { clock, board } = boardWithClock();
  board.take([aircraftWith({ ageMs: 1_000 })]);
  clock.nowMs += 700;
  expect(board.seenBy(everything)).toEqual([aircraftWith({ ageMs: 1_700 })]);
});

test("another company sees the aircraft, and not which drone heard it", () => {
  const contact = aircraftWith();
  const seen = (organisationId: string) =>
    trafficFor({ kind: "organisation", organisationId }, contact);
  expect(seen("org_a").heardBy).toEqual(heardByKestrel);
  expect(seen("org_b")).toEqual({ ...contact, heardBy: null });
  expect(trafficFor(everything, contact).heardBy).toEqual(heardByKestrel);
  const byUnknown = aircraftWith({ heardBy: { ...heardByKestrel, organisationId: null } });
  const { board } = boardWithClock();
  board.take([byUnknown]);
  const [other] = board.seenBy({ kind: "organisation", organisationId: "org_a" });
  expect(other?.heardBy).toBeNull();
});
