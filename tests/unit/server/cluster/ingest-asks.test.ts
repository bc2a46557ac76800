// Asks over a real local pipe: answered once, told as failed where ingest fails, and cut with it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import type { AskHandlers } from "../../../../server/cluster/ingest-ask.ts";
import { connectToIngest } from "../../../../server/cluster/local-feed-client.ts";
import { listenLocalFeed } from "../../../../server/cluster/local-feed-server.ts";
import { refusingAsks } from "../../../support/ask-handlers.ts";
import { createSilentLog } from "../../../support/silent-log.ts";

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const ask = { kind: "closeSession", sessionId: "ses_1", byUserId: "usr_1" } as const;

const emptyJournal = { epoch: "now", lastNumber: 0, commonNumber: () => 0, readAfter: () => [] };

/** Both ends, connected. */
async function connected(handlers: Partial<AskHandlers>) {
  const folder = mkdtempSync(join(tmpdir(), "skyrange-asks-"));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  const socketPath = join(folder, "ingest.sock");
  const log = createSilentLog();
  const local = await listenLocalFeed({
    socketPath,
    hello: () => ({ node: "local", pid: 42, planVersion: 3, listeners: [] }),
    journal: () => emptyJournal,
    onPlan: () => undefined,
    onStop: () => undefined,
    asks: () => ({ ...refusingAsks, ...handlers }),
    log,
  });
  if (local.kind === "taken") throw new Error("the socket is taken");
  cleanUps.push(() => local.feed.close());
  local.accept();
  let isUp = false;
  const control = connectToIngest({
    socketPath,
    journalAfter: () => ({ epoch: "", number: 0 }),
    listener: {
      onUp: () => (isUp = true),
      onDown: () => (isUp = false),
      onJournal: () => undefined,
      onSnapshot: () => undefined,
      onStatus: () => undefined,
      onLinks: () => undefined,
      onTraffic: () => undefined,
      onPlanAcknowledged: () => undefined,
    },
    log,
  });
  cleanUps.push(() => control.close());
  const early = await control.ask(ask);
  await vi.waitFor(() => expect(isUp).toBe(true));
  return { control, log, early, end: () => local.feed.close() };
}

test("an ask is answered by its handler, and unreachable before the pipe stands", async () => {
  const { control, early } = await connected({
    closeSession: ({ sessionId }) => ({ kind: "closed", sessionId, flightId: null }),
  });
  expect(early).toEqual({ kind: "unreachable", wasSent: false });
  expect(await control.ask(ask)).toEqual({ kind: "closed", sessionId: "ses_1", flightId: null });
});

test("a handler that fails is told as failed, and cuts nobody", async () => {
  let calls = 0;
  const { control, log } = await connected({
    closeSession: () => {
      calls += 1;
      if (calls === 1) throw new Error("EIO");
      return { kind: "refused", reason: "stillHeard" };
    },
  });
  expect(await control.ask(ask)).toEqual({ kind: "failed" });
  expect(await control.ask(ask)).toEqual({ kind: "refused", reason: "stillHeard" });
  expect(log.lines).toEqual(["error What a web process asked could not be answered."]);
});

test("an ask that waits when the pipe is cut settles as unreachable, but sent", async () => {
  const { control, end } = await connected({ closeSession: () => new Promise(() => undefined) });
  const asked = control.ask(ask);
  await end();
  expect(await asked).toEqual({ kind: "unreachable", wasSent: true });
});
