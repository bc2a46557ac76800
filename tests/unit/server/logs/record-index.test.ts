import { expect, test } from "vitest";
import { createIndexReducer, readIndex } from "../../../../server/logs/record-index.ts";
import { tlogRecord, walkTlog } from "../../../../server/mavlink/tlog.ts";
import { concatBytes, makeHeartbeat } from "../../../support/mavlink-frames.ts";

const startUs = 1_795_363_290_950_000;
const heartbeat = makeHeartbeat();
const recordBytes = 8 + heartbeat.length;

/** The index file of records with these stamps, given after the start. */
function indexOf(...afterUs: readonly number[]): Uint8Array {
  const record = concatBytes(...afterUs.map((us) => tlogRecord(startUs + us, heartbeat)));
  const reducer = createIndexReducer();
  const rows: Uint8Array[] = [];
  walkTlog(record, ({ stampUs, frame, start }) => {
    const row = reducer.push(stampUs, frame, start);
    if (row) rows.push(row);
  });
  return concatBytes(...rows);
}

test("the first record of each second has a row with its stamp and place", () => {
  const index = readIndex(indexOf(0, 40_000, 60_000, 900_000, 3_100_000));
  expect(index).toEqual([
    { stampUs: startUs, byteOffset: 0 },
    { stampUs: startUs + 60_000, byteOffset: 2 * recordBytes },
    { stampUs: startUs + 3_100_000, byteOffset: 4 * recordBytes },
  ]);
});

test("a stamp that goes back makes no row, so that rows only grow", () => {
  expect(readIndex(indexOf(0, 5_000_000, 1_000_000, 5_040_000))).toEqual([
    { stampUs: startUs, byteOffset: 0 },
    { stampUs: startUs + 5_000_000, byteOffset: recordBytes },
  ]);
});

test("a row is sixteen bytes, and one that was cut short is left out", () => {
  const bytes = indexOf(0, 1_000_000);
  expect(bytes.length).toBe(32);
  expect(readIndex(bytes.subarray(0, 31))).toHaveLength(1);
  expect(readIndex(new Uint8Array(0))).toEqual([]);
});
