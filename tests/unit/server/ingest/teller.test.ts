// What leaves ingest must be readable by whoever reads the journal.
import { expect, test } from "vitest";
import { missionItemSchema } from "../../../../contract/wire/mission.ts";
import type { JournalEvent } from "../../../../contract/wire/journal-event.ts";
import { createTeller } from "../../../../server/ingest/teller.ts";
import { createSilentLog } from "../../../support/silent-log.ts";

test("an event that the journal could not be read with is not written, and the next one is", () => {
  const written: JournalEvent[] = [];
  const append = (atMs: number, event: JournalEvent) => {
    written.push(event);
    return { node: "local", number: written.length, atMs, event };
  };
  const teller = createTeller({ append }, createSilentLog());
  const closed = { kind: "sessionClosed", sessionId: "a", reason: "silent" } as const;
  teller.tell(1, { ...closed, recordBytes: Infinity });
  teller.tell(2, { ...closed, recordBytes: 1 });
  expect(written).toEqual([{ ...closed, recordBytes: 1 }]);
});

test("a mission item holds only numbers that the wire can carry", () => {
  const item = { frame: 3, command: 16, params: [0, null, 0, 0], x: 1, y: 2, z: 10 };
  expect(missionItemSchema.safeParse(item).success).toBe(true);
  expect(missionItemSchema.safeParse({ ...item, z: 1e39 }).success).toBe(false);
  expect(missionItemSchema.safeParse({ ...item, params: [1e300, 0, 0, 0] }).success).toBe(false);
});
