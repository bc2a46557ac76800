// Commands and authority in the database: the newest revision stands, whatever is told twice, and
// acts of sessions that have ended are not read back.
import { afterEach, beforeEach, expect } from "vitest";
import type { Command } from "../../contract/wire/command.ts";
import type { JournalEvent } from "../../contract/wire/journal-event.ts";
import { createAuthorityRepository } from "../../server/store/authority-repository.ts";
import type { Database } from "../../server/store/database.ts";
import { createJournalProjection } from "../../server/store/journal-projection.ts";
import { createCommandRepository } from "../../server/store/order-repository.ts";
import { makeDatabase, openTest, test, type TestDatabase } from "../support/test-database.ts";

let made: TestDatabase;
let database: Database;
let number = 0;

beforeEach(async () => {
  made = await makeDatabase();
  database = await openTest(made);
  number = 0;
});
afterEach(async () => {
  await database.close();
  await made.drop();
});

async function tell(event: JournalEvent): Promise<void> {
  const entry = { node: "local", number: (number += 1), atMs: 1_000, event };
  await createJournalProjection(database).project(entry);
}

function command(id: string, revision: number, changes: Partial<Command> = {}): Command {
  return {
    id,
    vehicle: {
      sessionId: "ses_1",
      vehicleKey: "sysid-1",
      sysid: 1,
      vehicleName: "Heron 1",
      aircraftId: "air_1",
      organisationId: "org_a",
      flightId: null,
      bookingId: null,
      bookingTitle: null,
    },
    action: { kind: "land" },
    by: { userId: "usr_1", name: "Ada" },
    requestedAtMs: 1_000,
    revision,
    events: [],
    outcome: null,
    confirmed: false,
    isOver: false,
    ...changes,
  };
}

test("the highest revision of a command stands, told twice or after it or not", async () => {
  const commands = createCommandRepository(database);
  const over = command("cmd_1", 3, { outcome: { kind: "accepted" }, isOver: true });
  for (const one of [command("cmd_1", 1), over, command("cmd_1", 2), over]) {
    await tell({ kind: "commandChanged", command: one });
  }
  expect(await commands.find("cmd_1")).toEqual(over);
  expect(await commands.find("cmd_2")).toBeUndefined();
});

test("commands are listed newest first, by pages, only of the own organisation", async () => {
  const commands = createCommandRepository(database);
  for (const [id, requestedAtMs] of [
    ["cmd_a", 1_000],
    ["cmd_b", 3_000],
    ["cmd_c", 2_000],
  ] as const) {
    await tell({ kind: "commandChanged", command: command(id, 1, { requestedAtMs }) });
  }
  const all = { organisationId: undefined, sessionId: "ses_1", flightId: undefined };
  const ids = async (...args: Parameters<typeof commands.list>) =>
    (await commands.list(...args)).map(({ id }) => id);
  expect(await ids(all, undefined, 2)).toEqual(["cmd_b", "cmd_c"]);
  expect(await ids(all, { requestedAtMs: 2_000, id: "cmd_c" }, 2)).toEqual(["cmd_a"]);
  expect(await ids({ ...all, organisationId: "org_b" }, undefined, 2)).toEqual([]);
  expect(await ids({ ...all, sessionId: "ses_2" }, undefined, 2)).toEqual([]);
});

test("acts on authority are read back in order for sessions that are open", async () => {
  const authority = createAuthorityRepository(database);
  const identity = { vehicleKey: "sysid-1", sysid: 1, compid: 1, startMs: 1 };
  for (const sessionId of ["ses_1", "ses_2"]) {
    await tell({ kind: "sessionOpened", sessionId, ...identity });
    await authority.record({
      sessionId,
      bookingId: null,
      kind: "tookOver",
      person: { id: "usr_1", name: "Ada", role: "controller" },
      byUserId: "usr_1",
      reason: "drill",
      atMs: 2,
    });
  }
  await tell({ kind: "sessionClosed", sessionId: "ses_1", reason: "silent", recordBytes: 0 });
  const acts = await authority.ofOpenSessions();
  expect(
    acts.map(({ sessionId, eventNumber, reason }) => [sessionId, eventNumber, reason]),
  ).toEqual([["ses_2", 2, "drill"]]);
});
