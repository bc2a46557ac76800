// The journal's projection: once is as good as twice, gaps are refused, seals form chains.
import { afterEach, beforeEach, expect } from "vitest";
import { createAlarmRepository } from "../../server/store/alarm-repository.ts";
import type { Database } from "../../server/store/database.ts";
import { createFlightRepository } from "../../server/store/flight-repository.ts";
import { createJournalProjection } from "../../server/store/journal-projection.ts";
import { chainSha256, chainStart } from "../../server/store/seal-chain.ts";
import {
  armedAtMs,
  bound,
  condition,
  journalOf,
  sealed,
  started,
  wholeFlight,
} from "../support/journal-entries.ts";
import { makeDatabase, openTest, test, type TestDatabase } from "../support/test-database.ts";

let made: TestDatabase;
let database: Database;
beforeEach(async () => {
  made = await makeDatabase();
  database = await openTest(made);
});
afterEach(async () => {
  await database.close();
  await made.drop();
});

async function everything(): Promise<Record<string, unknown[]>> {
  const tables = ["journal_cursor", "session", "flight", "alarm", "seal", "event"];
  const rows = await Promise.all(tables.map((table) => database.read(table).select("*")));
  return Object.fromEntries(tables.map((table, at) => [table, rows[at] ?? []]));
}

test("a flight is projected from arming to its seal", async () => {
  const projection = createJournalProjection(database);
  for (const entry of wholeFlight) expect(await projection.project(entry)).toBe("projected");
  const record = await createFlightRepository(database).find("flt_1");
  expect(record).toMatchObject({
    conformance: "conforming",
    log: { fromByte: 100, toByte: 400 },
    flight: {
      state: "sealed",
      alarmCount: 1,
      armedAtMs,
      disarmedAtMs: armedAtMs + 60_000,
      logBytes: 300,
      sha256: "a".repeat(64),
    },
  });
  expect(await projection.cursor("local")).toEqual({ epoch: "", number: wholeFlight.length });
});

test("projecting every entry twice, or all of them again, changes nothing", async () => {
  const projection = createJournalProjection(database);
  for (const entry of wholeFlight) await projection.project(entry);
  const once = await everything();
  expect(once["seal"]).toHaveLength(1);
  for (const entry of wholeFlight) expect(await projection.project(entry)).toBe("known");
  expect(await everything()).toEqual(once);
});

test("a journal told again from its beginning, under another epoch, changes nothing", async () => {
  const projection = createJournalProjection(database);
  for (const entry of wholeFlight) await projection.project(entry);
  const once = await everything();
  await projection.goOnFrom("local", { epoch: "e2", number: 0 }, armedAtMs);
  for (const entry of wholeFlight) expect(await projection.project(entry)).toBe("projected");
  expect({ ...(await everything()), journal_cursor: once["journal_cursor"] }).toEqual(once);
  expect(await projection.cursor("local")).toEqual({ epoch: "e2", number: wholeFlight.length });
});

test("after a cut the numbers given again are projected, and are newer", async () => {
  const projection = createJournalProjection(database);
  const alarms = createAlarmRepository(database);
  for (const entry of wholeFlight.slice(0, 5)) await projection.project(entry);
  expect((await alarms.ofFlight("flt_1"))[0]?.journalNumber).toBe(5);
  await projection.goOnFrom("local", { epoch: "e2", number: 2 }, armedAtMs);
  expect((await alarms.ofFlight("flt_1"))[0]?.journalNumber).toBe(2);
  const [third] = wholeFlight.slice(2);
  if (third === undefined) throw new Error("The flight has entries.");
  expect(await projection.project(third)).toBe("projected");
  const [alarm] = await alarms.ofFlight("flt_1");
  expect([alarm?.journalNumber, alarm?.condition.state]).toEqual([3, "standing"]);
});

test("an entry after a gap is refused and nothing of it is written", async () => {
  const projection = createJournalProjection(database);
  const [first, , third] = wholeFlight;
  if (first === undefined || third === undefined) throw new Error("The flight has entries.");
  await projection.project(first);
  await expect(projection.project(third)).rejects.toThrow("entry 2 expected, 3 found");
  expect((await everything())["alarm"]).toEqual([]);
  expect((await projection.cursor("local")).number).toBe(1);
});

test("seals form one chain a site, in the order of sealing", async () => {
  const projection = createJournalProjection(database);
  const flight = (flightId: string, siteId: string | null) => ({ ...started, flightId, siteId });
  const entries = journalOf([
    flight("flt_1", "site_pier"),
    flight("flt_2", null),
    flight("flt_3", "site_pier"),
    sealed("flt_3", "3".repeat(64)),
    sealed("flt_2", "2".repeat(64)),
    sealed("flt_1", "1".repeat(64)),
  ]);
  for (const entry of entries) await projection.project(entry);
  const first = chainSha256(chainStart, "flt_3", "3".repeat(64));
  expect(await database.read("seal").orderBy("seq").select("*")).toMatchObject([
    { site_id: "site_pier", flight_id: "flt_3", previous_sha256: chainStart, chain_sha256: first },
    { site_id: "none", flight_id: "flt_2", previous_sha256: chainStart },
    {
      site_id: "site_pier",
      flight_id: "flt_1",
      previous_sha256: first,
      chain_sha256: chainSha256(first, "flt_1", "1".repeat(64)),
    },
  ]);
});

test("a seal is neither changed nor deleted", async () => {
  const projection = createJournalProjection(database);
  for (const entry of wholeFlight) await projection.project(entry);
  const seals = () => database.write("seal");
  await expect(seals().update({ sha256: "b".repeat(64) })).rejects.toThrow("append-only");
  await expect(seals().delete()).rejects.toThrow("append-only");
});

test("flights are listed newest first, page by page, for one organisation or all", async () => {
  const projection = createJournalProjection(database);
  const flights = createFlightRepository(database);
  const events = [1, 2, 3, 4].map((n) => ({
    ...started,
    flightId: `flt_${n}`,
    organisationId: n === 3 ? null : "org_harbour",
    armedAtMs: armedAtMs + n * 1_000,
  }));
  for (const entry of journalOf(events)) await projection.project(entry);
  const all = { organisationId: undefined, siteId: undefined, bookingId: undefined };
  const idsOf = (records: Awaited<ReturnType<typeof flights.list>>) =>
    records.map(({ flight }) => flight.id);
  expect(idsOf(await flights.list(all, undefined, 3))).toEqual(["flt_4", "flt_3", "flt_2"]);
  const after = { armedAtMs: armedAtMs + 2_000, id: "flt_2" };
  expect(idsOf(await flights.list(all, after, 3))).toEqual(["flt_1"]);
  const own = { ...all, organisationId: "org_harbour" };
  expect(idsOf(await flights.list(own, undefined, 9))).toEqual(["flt_4", "flt_2", "flt_1"]);
});

test("the board is given standing alarms, those ended unseen, and those ended lately", async () => {
  const projection = createJournalProjection(database);
  const alarms = createAlarmRepository(database);
  const returned = { state: "returned", returnedAtMs: armedAtMs } as const;
  const events = [
    { ...condition, id: "alm_standing" },
    { ...condition, id: "alm_unseen", ...returned },
    { ...condition, id: "alm_forgotten", ...returned, returnedAtMs: armedAtMs - 1 },
    { ...condition, id: "alm_seen", ...returned },
    { ...condition, id: "alm_lately", ...returned, returnedAtMs: armedAtMs + 5_000 },
  ].map((one) => ({ kind: "alarmChanged" as const, condition: one }));
  for (const entry of journalOf(events)) await projection.project(entry);
  const act = { atMs: armedAtMs, byUserId: "usr_1", byName: "Karl", seenWorsenedCount: 0 };
  const seen = await alarms.acknowledge({ ...act, alarmId: "alm_seen" });
  const lately = await alarms.acknowledge({ ...act, alarmId: "alm_lately" });
  expect([seen.eventNumber, lately.eventNumber]).toEqual([1, 2]);
  const since = { endedSinceMs: armedAtMs + 1_000, unseenSinceMs: armedAtMs };
  const shown = await alarms.shownSince(since, 100);
  const ids = shown.alarms.map((one) => one.condition.id).sort();
  expect(ids).toEqual(["alm_lately", "alm_standing", "alm_unseen"]);
  expect(shown.acts).toEqual([lately]);
});

test("a standing alarm comes to the board before any raised later that has ended", async () => {
  const projection = createJournalProjection(database);
  const later = { lastRaisedAtMs: condition.lastRaisedAtMs + 1_000, returnedAtMs: armedAtMs };
  const events = [
    { ...condition, id: "alm_standing" },
    { ...condition, id: "alm_ended_1", state: "returned" as const, ...later },
    { ...condition, id: "alm_ended_2", state: "returned" as const, ...later },
  ].map((one) => ({ kind: "alarmChanged" as const, condition: one }));
  for (const entry of journalOf(events)) await projection.project(entry);
  const since = { endedSinceMs: armedAtMs, unseenSinceMs: armedAtMs };
  const { alarms } = await createAlarmRepository(database).shownSince(since, 1);
  expect(alarms.map((one) => one.condition.id)).toEqual(["alm_standing"]);
});

const unbooked = { ...started, binding: { kind: "unbooked" as const, bookingId: null } };

test("a flight is bound by hand, and anew, flying or ended; events say who did it", async () => {
  const projection = createJournalProjection(database);
  const again = { ...bound, binding: { ...bound.binding, bookingId: "bkg_3" } };
  const other = { ...bound, flightId: "flt_2" };
  const entries = journalOf([
    unbooked,
    bound,
    again,
    { ...unbooked, flightId: "flt_2", siteId: null },
    sealed("flt_2", "2".repeat(64)),
    other,
  ]);
  for (const entry of entries) await projection.project(entry);
  const once = await everything();
  for (const entry of entries) expect(await projection.project(entry)).toBe("known");
  expect(await everything()).toEqual(once);
  const flights = createFlightRepository(database);
  for (const { flightId, binding } of [again, other]) {
    expect((await flights.find(flightId))?.flight).toMatchObject({
      binding,
      bookingTitle: "Harbour round",
      organisationId: "org_island",
    });
  }
  expect(once["event"]).toMatchObject([
    { kind: "flightBound", by_user_id: "usr_controller" },
    { kind: "flightBound", by_user_id: "usr_controller" },
    { kind: "flightBound", by_user_id: "usr_controller" },
  ]);
  expect(once["seal"]).toMatchObject([{ site_id: "none", flight_id: "flt_2" }]);
});

test("a session closed by hand leaves an event, and its flight says what ended it", async () => {
  const projection = createJournalProjection(database);
  const [opened] = wholeFlight;
  if (opened === undefined) throw new Error("The flight has entries.");
  const closed = {
    kind: "sessionClosed",
    sessionId: "ses_1",
    reason: "closedByController",
    recordBytes: 500,
    byUserId: "usr_controller",
  } as const;
  const endedBy = "closedByController" as const;
  const seal = { ...sealed("flt_1", "a".repeat(64)), endedWithoutDisarming: true, endedBy };
  const entries = journalOf([opened.event, started, closed, seal]);
  for (const entry of entries) await projection.project(entry);
  expect((await createFlightRepository(database).find("flt_1"))?.flight).toMatchObject({
    state: "sealed",
    endedWithoutDisarming: true,
    endedBy: "closedByController",
  });
  expect((await everything())["event"]).toMatchObject([
    { kind: "sessionClosed", by_user_id: "usr_controller", payload: '{"sessionId":"ses_1"}' },
  ]);
});
