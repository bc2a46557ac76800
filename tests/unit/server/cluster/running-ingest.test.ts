// A start that finds a watch already running: whether it is one of ours, and how it is ended.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { protocolVersion } from "../../../../contract/protocol-version.ts";
import { findIngest } from "../../../../server/adopt-ingest.ts";
import { listenLocalFeed } from "../../../../server/cluster/local-feed-server.ts";
import { createPipeReader, pipeJson, pipeType } from "../../../../server/cluster/pipe-frame.ts";
import { askIngestToStop, greetIngest } from "../../../../server/cluster/running-ingest.ts";
import { refusingAsks } from "../../../support/ask-handlers.ts";
import { createSilentLog } from "../../../support/silent-log.ts";

let folder = "";
let socketPath = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "skyrange-adopt-"));
  socketPath = join(folder, "ingest.sock");
});
const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
  rmSync(folder, { recursive: true, force: true });
});

/** An ingest of this checkout; tells when it is asked to end. */
async function ingest(): Promise<{ accept: () => void; stops: string[] }> {
  const stops: string[] = [];
  const local = await listenLocalFeed({
    socketPath,
    hello: () => ({ node: "local", pid: 4_242, planVersion: 0, listeners: [] }),
    journal: () => ({ epoch: "now", lastNumber: 0, commonNumber: () => 0, readAfter: () => [] }),
    onPlan: () => undefined,
    onStop: () => void stops.push("stop"),
    asks: () => refusingAsks,
    log: createSilentLog(),
  });
  if (local.kind === "taken") throw new Error("the socket is taken");
  cleanUps.push(() => local.feed.close());
  return { accept: local.accept, stops };
}

/** An ingest of another version: it cuts who subscribes, and ends when it is asked to. */
async function foreignIngest(): Promise<void> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    const read = createPipeReader((type) => {
      if (type === pipeType.subscribe) socket.destroy();
      if (type === pipeType.stop) server.close();
    });
    socket.on("data", (piece) => read(piece));
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  cleanUps.push(() => void server.close());
}

function portsThatSay(said: string[]) {
  return { ingestSocket: socketPath, signal: () => false, say: (line: string) => said.push(line) };
}

test("a running watch says which process it is", async () => {
  (await ingest()).accept();
  expect(await greetIngest(socketPath)).toMatchObject({
    kind: "ours",
    hello: { pid: 4_242, protocolVersion },
  });
});

test("nobody, another version, and one that says nothing are told apart", async () => {
  expect(await greetIngest(socketPath)).toEqual({ kind: "none" });
  await foreignIngest();
  expect(await greetIngest(socketPath)).toEqual({ kind: "foreign" });
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
  rmSync(socketPath, { force: true });
  await ingest();
  expect(await greetIngest(socketPath, 50)).toEqual({ kind: "silent" });
});

test("a hello of another version is not ours", async () => {
  const hello = { protocolVersion: protocolVersion + 1, node: "local", pid: 1, planVersion: 0 };
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.write(pipeJson(pipeType.hello, hello));
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  cleanUps.push(() => void server.close());
  expect(await greetIngest(socketPath)).toEqual({ kind: "foreign" });
});

test("a watch is asked to end over the pipe", async () => {
  const { accept, stops } = await ingest();
  accept();
  askIngestToStop(socketPath);
  await expect.poll(() => stops).toEqual(["stop"]);
});

test("a watch of another version is ended, not taken over", async () => {
  await foreignIngest();
  const said: string[] = [];
  expect(await findIngest(portsThatSay(said))).toBeUndefined();
  expect(said).toHaveLength(1);
  expect(await greetIngest(socketPath)).toEqual({ kind: "none" });
});

test("one that never said its process ends when asked, or is left alone", async () => {
  const { stops } = await ingest();
  // It takes no client yet: the greeting times out, and so the process stays unknown.
  const said: string[] = [];
  const adopt = await findIngest(portsThatSay(said), 50);
  const run = adopt?.();
  expect(run?.pid).toBeUndefined();
  run?.terminate();
  expect(stops).toEqual([]);
  run?.kill();
  await run?.ended;
  expect(said.at(-1)).toContain("left running");
});
