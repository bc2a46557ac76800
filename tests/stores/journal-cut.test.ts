// A journal that lost its end at a power loss, with the database ahead of it: file, pipe, flow and
// database together.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, vi } from "vitest";
import type { AlarmCondition } from "../../contract/wire/alarm.ts";
import type { Command } from "../../contract/wire/command.ts";
import type { JournalEvent } from "../../contract/wire/journal-event.ts";
import { connectToIngest } from "../../server/cluster/local-feed-client.ts";
import { listenLocalFeed } from "../../server/cluster/local-feed-server.ts";
import { openJournal, type Journal } from "../../server/ingest/journal.ts";
import { ingestState } from "../support/past-entries.ts";
import { restatedEvents } from "../../server/ingest/restate.ts";
import { createJournalFlow } from "../../server/journal-flow.ts";
import { createAlarmBoard, type AlarmBoard } from "../../server/realtime/alarm-board.ts";
import { createFlightBoard, type FlightBoard } from "../../server/realtime/flight-board.ts";
import { createOrderBoard, type OrderBoard } from "../../server/realtime/order-board.ts";
import { createAlarmRepository } from "../../server/store/alarm-repository.ts";
import type { Database } from "../../server/store/database.ts";
import { createFlightRepository } from "../../server/store/flight-repository.ts";
import { createJournalProjection } from "../../server/store/journal-projection.ts";
import { createCommandRepository } from "../../server/store/order-repository.ts";
import { armedAtMs, condition, journalOf, landed, started } from "../support/journal-entries.ts";
import { refusingAsks } from "../support/ask-handlers.ts";
import { unseenOrders } from "../support/order-ports.ts";
import { createSilentLog } from "../support/silent-log.ts";
import { makeDatabase, openTest, test } from "../support/test-database.ts";

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const log = createSilentLog();
let openings = 0;
/** Until the database has what was journalled, on a busy machine. */
const seenMsMax = 15_000;

/** An ingest that only has a journal. Returns what a kill leaves: its file, all pipes gone. */
async function ingest(folder: string): Promise<{ journal: Journal; kill: () => Promise<void> }> {
  const opened: { tell: () => void } = { tell: () => undefined };
  const journal = openJournal(join(folder, "journal.jsonl"), "local", {
    log,
    makeEpoch: () => `epoch-${++openings}`,
    onEntry: () => undefined,
    onTellable: () => opened.tell(),
  });
  const local = await listenLocalFeed({
    socketPath: join(folder, "ingest.sock"),
    hello: () => ({ node: "local", pid: 1, planVersion: 0, listeners: [] }),
    journal: () => journal,
    onPlan: () => undefined,
    onStop: () => undefined,
    asks: () => refusingAsks,
    log,
  });
  if (local.kind === "taken") throw new Error("the socket is taken");
  opened.tell = () => local.feed.journal();
  local.accept();
  return {
    journal,
    kill: async () => {
      journal.close();
      await local.feed.close();
    },
  };
}

interface Boards {
  readonly alarms: AlarmBoard;
  readonly flights: FlightBoard;
  readonly commands: OrderBoard<Command>;
}

/** The web process, as far as the journal concerns it, and the boards that its pages are shown. */
async function web(
  folder: string,
  database: Database,
): Promise<{ readonly stop: () => Promise<void>; readonly boards: Boards }> {
  const projection = createJournalProjection(database);
  const known = await createAlarmRepository(database).shownSince(
    { endedSinceMs: 0, unseenSinceMs: 0 },
    100,
  );
  const all = { organisationId: undefined, sessionId: undefined, flightId: undefined };
  const boards = {
    alarms: createAlarmBoard(known.alarms, known.acts),
    flights: createFlightBoard(await createFlightRepository(database).unsealed()),
    commands: createOrderBoard(await createCommandRepository(database).list(all, undefined, 100)),
  };
  const flow = createJournalFlow(
    {
      log,
      projection,
      bookings: {
        recordTelemetryState: () => Promise.resolve(undefined),
        recordFlightLeft: () => Promise.resolve(undefined),
      },
      flightsOfBooking: () => Promise.resolve([]),
      ...unseenOrders(),
      ...boards,
      nowMs: () => armedAtMs,
      wait: () => Promise.resolve(),
      showAlarm: () => undefined,
      showFlight: () => undefined,
      askAgain: () => undefined,
      restartPages: () => undefined,
    },
    await projection.cursor("local"),
  );
  const control = connectToIngest({
    socketPath: join(folder, "ingest.sock"),
    journalAfter: () => flow.after(),
    listener: {
      onUp: (hello) => flow.onHello(hello),
      onDown: () => undefined,
      onJournal: (entry) => flow.onEntry(entry),
      onSnapshot: () => undefined,
      onStatus: () => undefined,
      onLinks: () => undefined,
      onTraffic: () => undefined,
      onPlanAcknowledged: () => undefined,
    },
    log,
  });
  const stop = async (): Promise<void> => {
    control.close();
    await flow.stop();
  };
  return { stop, boards };
}

/** A database, a journal in a folder, and what a power loss leaves of the journal. */
async function world() {
  const folder = mkdtempSync(join(tmpdir(), "skyrange-cut-"));
  cleanUps.push(() => rmSync(folder, { recursive: true }));
  const made = await makeDatabase();
  const database = await openTest(made);
  cleanUps.push(
    () => made.drop(),
    () => database.close(),
  );
  const path = join(folder, "journal.jsonl");
  const cutAfter = (entries: number): void => {
    const lines = readFileSync(path, "utf8").split("\n");
    writeFileSync(path, `${lines.slice(0, 1 + entries).join("\n")}\n{"node":"loc`);
  };
  return { folder, database, cutAfter };
}

function opened(sessionId: string): JournalEvent {
  const session = { sessionId, vehicleKey: sessionId, sysid: 1, compid: 1, startMs: armedAtMs };
  return { kind: "sessionOpened", ...session };
}

test.each(["while the web process stays", "while it is down too"])(
  "what is journalled under numbers that the database has seen is not lost: %s",
  async (how) => {
    const { folder, database, cutAfter } = await world();
    const sessions = async (): Promise<string[]> => {
      const rows = await database.read<{ id: string }>("session").orderBy("id");
      return rows.map(({ id }) => id);
    };

    const before = await ingest(folder);
    let running = await web(folder, database);
    for (const id of ["ses_1", "ses_2", "ses_3"]) before.journal.append(1, opened(id));
    await vi.waitFor(async () => expect(await sessions()).toHaveLength(3), seenMsMax);
    if (how === "while it is down too") await running.stop();
    await before.kill();
    cutAfter(1);

    const after = await ingest(folder);
    for (const id of ["ses_4", "ses_5"]) after.journal.append(2, opened(id));
    if (how === "while it is down too") running = await web(folder, database);
    after.journal.append(3, opened("ses_6"));
    cleanUps.push(after.kill, running.stop);
    await vi.waitFor(async () => expect(await sessions()).toContain("ses_6"), seenMsMax);
    expect(await sessions()).toEqual(["ses_1", "ses_2", "ses_3", "ses_4", "ses_5", "ses_6"]);
    const cursor = await createJournalProjection(database).cursor("local");
    expect(cursor).toEqual({ epoch: after.journal.epoch, number: 4 });
  },
);

const openCommand: Command = {
  id: "cmd_1",
  vehicle: {
    sessionId: "ses_1",
    vehicleKey: "sysid-1",
    sysid: 1,
    vehicleName: "Heron 1",
    aircraftId: "air_1",
    organisationId: "org_harbour",
    flightId: "flt_1",
    bookingId: "bkg_1",
    bookingTitle: "Survey",
  },
  action: { kind: "hold" },
  by: { userId: "usr_1", name: "Controller" },
  requestedAtMs: armedAtMs,
  revision: 1,
  events: [],
  outcome: null,
  confirmed: false,
  isOver: false,
};

const alarm = (id: string, change: Partial<AlarmCondition> = {}): JournalEvent => ({
  kind: "alarmChanged",
  condition: { ...condition, vehicleKey: "ses_1", id, ...change },
});
const flight = (flightId: string): JournalEvent => ({ ...started, flightId });

/** What the database has and the boards show of what was lost. */
async function seen(database: Database, boards: Boards) {
  const stored = await createAlarmRepository(database).ofFlight("flt_1");
  const flights = createFlightRepository(database);
  const ids = ["flt_1", "flt_2", "flt_3"];
  const found = await Promise.all(ids.map((id) => flights.find(id)));
  const sessions = await database
    .read<{ id: string; end_reason: string | null }>("session")
    .orderBy("id");
  return {
    alarms: stored
      .map(({ condition: one }) => `${one.id} ${one.state} ${one.endedBy ?? "-"}`)
      .sort(),
    shownAlarms: boards.alarms
      .list(armedAtMs)
      .map(({ condition: one }) => `${one.id} ${one.state} ${one.endedBy ?? "-"}`),
    flights: found.map((one) => `${one?.flight.state ?? ""} ${one?.flight.endedBy ?? "-"}`),
    flying: boards.flights.unsealed().map((one) => `${one.flight.id} ${one.flight.state}`),
    commandIsOver: [
      (await createCommandRepository(database).find("cmd_1"))?.isOver,
      boards.commands.find("cmd_1")?.isOver,
    ],
    sessions: sessions.map(({ id, end_reason }) => `${id} ${end_reason ?? "-"}`),
  };
}

test.each(["while the web process stays", "while it is down too"])(
  "what only the lost part of the journal told of is over, on the boards and in the database: %s",
  async (how) => {
    const { folder, database, cutAfter } = await world();
    const before = await ingest(folder);
    let running = await web(folder, database);
    const kept = [opened("ses_1"), flight("flt_1"), alarm("alm_1")];
    const lost = [
      alarm("alm_1", { state: "returned", returnedAtMs: armedAtMs + 1 }),
      alarm("alm_2"),
      { kind: "commandChanged", command: openCommand } as const,
      opened("ses_2"),
      flight("flt_2"),
      flight("flt_3"),
      { ...landed, flightId: "flt_3" } as JournalEvent,
    ];
    for (const event of [...kept, ...lost]) before.journal.append(armedAtMs, event);
    const cursor = () => createJournalProjection(database).cursor("local");
    await vi.waitFor(async () => expect((await cursor()).number).toBe(10), seenMsMax);
    expect((await seen(database, running.boards)).flying).toHaveLength(3);
    if (how === "while it is down too") await running.stop();
    await before.kill();
    cutAfter(kept.length);

    const after = await ingest(folder);
    // As ingest does at its start.
    const entries = after.journal.readAfter(0, 1_000_000);
    for (const event of restatedEvents(ingestState(entries, armedAtMs + 2_000))) {
      after.journal.append(armedAtMs + 2_000, event);
    }
    if (how === "while it is down too") running = await web(folder, database);
    cleanUps.push(after.kill, running.stop);
    await vi.waitFor(async () => expect((await cursor()).number).toBe(5), seenMsMax);
    const once = await seen(database, running.boards);
    expect(once).toEqual({
      alarms: ["alm_1 standing -", "alm_2 returned recordLost"],
      shownAlarms: expect.arrayContaining(["alm_1 standing -", "alm_2 returned recordLost"]),
      flights: ["flying -", "lost recordLost", "lost recordLost"],
      flying: ["flt_1 flying"],
      commandIsOver: [true, true],
      sessions: ["ses_1 -", "ses_2 recordLost"],
    });

    const { epoch } = after.journal;
    const again = await createJournalProjection(database).goOnFrom(
      "local",
      { epoch, number: kept.length },
      armedAtMs + 9_000,
    );
    expect(again).toEqual({ alarms: [], flights: [], commands: [], transfers: [] });
    expect(await seen(database, running.boards)).toEqual(once);
  },
);

test("a flight that a journal tells of after all flies again", async () => {
  const { database } = await world();
  const projection = createJournalProjection(database);
  const entries = journalOf([opened("ses_1"), flight("flt_1"), alarm("alm_1")]);
  for (const entry of entries) await projection.project(entry);
  await projection.goOnFrom("local", { epoch: "another", number: 0 }, armedAtMs + 5_000);
  const flights = createFlightRepository(database);
  expect((await flights.find("flt_1"))?.flight).toMatchObject({ state: "lost", alarmCount: 1 });
  for (const entry of entries) await projection.project(entry);
  const found = { state: "flying", endedBy: null, endedWithoutDisarming: false, alarmCount: 1 };
  expect((await flights.find("flt_1"))?.flight).toMatchObject(found);
  const [stored] = await createAlarmRepository(database).ofFlight("flt_1");
  expect(stored?.condition).toEqual({ ...condition, vehicleKey: "ses_1", id: "alm_1" });
});
