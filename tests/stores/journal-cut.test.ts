// A journal that lost its end at a power loss, with the database ahead of it: file, pipe, flow and
// database together.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import type { JournalEvent } from "../../contract/wire/journal-event.ts";
import { connectToIngest } from "../../server/cluster/local-feed-client.ts";
import { listenLocalFeed } from "../../server/cluster/local-feed-server.ts";
import { openJournal, type Journal } from "../../server/ingest/journal.ts";
import { createJournalFlow } from "../../server/journal-flow.ts";
import { createAlarmBoard } from "../../server/realtime/alarm-board.ts";
import { createFlightBoard } from "../../server/realtime/flight-board.ts";
import { openDatabase, type Database } from "../../server/store/database.ts";
import { createJournalProjection } from "../../server/store/journal-projection.ts";
import { armedAtMs } from "../support/journal-entries.ts";
import { refusingAsks } from "../support/ask-handlers.ts";
import { unseenOrders } from "../support/order-ports.ts";
import { createSilentLog } from "../support/silent-log.ts";

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const log = createSilentLog();
let openings = 0;

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

/** The web process, as far as the journal concerns it. */
async function web(folder: string, database: Database): Promise<() => Promise<void>> {
  const projection = createJournalProjection(database);
  const flow = createJournalFlow(
    {
      log,
      projection,
      bookings: {
        recordTelemetryState: () => Promise.resolve(undefined),
        recordFlightLeft: () => Promise.resolve(undefined),
      },
      flightsOfBooking: () => Promise.resolve([]),
      alarms: createAlarmBoard([], []),
      flights: createFlightBoard([]),
      ...unseenOrders(),
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
  return async () => {
    control.close();
    await flow.stop();
  };
}

function opened(sessionId: string): JournalEvent {
  const session = { sessionId, vehicleKey: sessionId, sysid: 1, compid: 1, startMs: armedAtMs };
  return { kind: "sessionOpened", ...session };
}

test.each(["while the web process stays", "while it is down too"])(
  "what is journalled under numbers that the database has seen is not lost: %s",
  async (how) => {
    const folder = mkdtempSync(join(tmpdir(), "skyrange-cut-"));
    cleanUps.push(() => rmSync(folder, { recursive: true }));
    const opening = await openDatabase(join(folder, "db.sqlite"));
    if (opening.kind === "failed") throw new Error(opening.reason);
    const { database } = opening;
    cleanUps.push(() => database.close());
    const sessions = async (): Promise<string[]> => {
      const rows = await database.read<{ id: string }>("session").orderBy("id");
      return rows.map(({ id }) => id);
    };

    const before = await ingest(folder);
    let stopWeb = await web(folder, database);
    for (const id of ["ses_1", "ses_2", "ses_3"]) before.journal.append(1, opened(id));
    await vi.waitFor(async () => expect(await sessions()).toHaveLength(3));
    if (how === "while it is down too") await stopWeb();
    await before.kill();
    const path = join(folder, "journal.jsonl");
    const [epoch = "", first = ""] = readFileSync(path, "utf8").split("\n");
    writeFileSync(path, `${epoch}\n${first}\n{"node":"loc`);

    const after = await ingest(folder);
    for (const id of ["ses_4", "ses_5"]) after.journal.append(2, opened(id));
    if (how === "while it is down too") stopWeb = await web(folder, database);
    after.journal.append(3, opened("ses_6"));
    cleanUps.push(after.kill, stopWeb);
    await vi.waitFor(async () => expect(await sessions()).toContain("ses_6"), 5_000);
    expect(await sessions()).toEqual(["ses_1", "ses_2", "ses_3", "ses_4", "ses_5", "ses_6"]);
    const cursor = await createJournalProjection(database).cursor("local");
    expect(cursor).toEqual({ epoch: after.journal.epoch, number: 4 });
  },
);
