// Both ends of the local pipe on a real socket, and a slow web process.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { protocolVersion } from "../../../../contract/protocol-version.ts";
import type { JournalEntry } from "../../../../contract/wire/journal-event.ts";
import { createClock } from "../../../../server/clock.ts";
import type {
  IngestHello,
  LiveFeedListener,
  LiveFeedPublisher,
} from "../../../../server/cluster/live-feed.ts";
import { connectToIngest } from "../../../../server/cluster/local-feed-client.ts";
import {
  liveBacklogBytesMax,
  listenLocalFeed,
  type LocalFeedOptions,
} from "../../../../server/cluster/local-feed-server.ts";
import { createPipeReader, pipeJson, pipeType } from "../../../../server/cluster/pipe-frame.ts";
import { refusingAsks } from "../../../support/ask-handlers.ts";
import { createSilentLog } from "../../../support/silent-log.ts";
import { watchPlan } from "../../../support/watch-plan.ts";

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function entry(number: number): JournalEntry {
  const event = { kind: "sessionClosed", sessionId: `ses_${number}`, reason: "silent" } as const;
  return { node: "local", number, atMs: number, event: { ...event, recordBytes: 0 } };
}

/** A journal in memory. */
function memoryJournal(count: number) {
  const entries = Array.from({ length: count }, (_, index) => entry(index + 1));
  return {
    entries,
    epoch: "now",
    commonNumber: ({ number }: { number: number }) => Math.min(number, entries.length),
    get lastNumber() {
      return entries.length;
    },
    readAfter: (number: number, bytesMax: number) =>
      entries.slice(number, number + Math.max(1, Math.floor(bytesMax / 1000))),
  };
}

function socketPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "skyrange-pipe-"));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "ingest.sock");
}

async function serve(path: string, more: Partial<LocalFeedOptions> = {}) {
  const local = await listenLocalFeed({
    socketPath: path,
    hello: () => ({ node: "local", pid: 42, planVersion: 3, listeners: ["127.0.0.1:14550"] }),
    journal: () => memoryJournal(0),
    onPlan: () => undefined,
    onStop: () => undefined,
    asks: () => refusingAsks,
    log: createSilentLog(),
    ...more,
  });
  if (local.kind === "taken") throw new Error("the socket is taken");
  cleanUps.push(() => local.feed.close());
  local.accept();
  return local.feed;
}

function listener() {
  const heard = { numbers: [] as number[], versions: [] as number[], ups: 0, downs: 0, bytes: 0 };
  const hellos: IngestHello[] = [];
  const fake: LiveFeedListener = {
    onUp: (hello) => ((heard.ups += 1), hellos.push(hello)),
    onDown: () => (heard.downs += 1),
    onJournal: ({ number }) => heard.numbers.push(number),
    onSnapshot: (bytes) => (heard.bytes += bytes.length),
    onStatus: () => undefined,
    onLinks: () => undefined,
    onTraffic: () => undefined,
    onPlanAcknowledged: (version) => heard.versions.push(version),
  };
  return { heard: Object.assign(heard, { hellos }), fake };
}

function connectTo(path: string, journalAfter: () => number) {
  const { heard, fake } = listener();
  const log = createSilentLog();
  const control = connectToIngest({
    socketPath: path,
    journalAfter: () => ({ epoch: "now", number: journalAfter() }),
    listener: fake,
    log,
  });
  cleanUps.push(() => control.close());
  return { heard, control, log };
}

/** A web process that subscribes and then reads nothing until it is resumed. */
async function stalledClient(path: string): Promise<Socket> {
  const socket = connect(path);
  cleanUps.push(() => socket.destroy());
  await new Promise((resolve) => socket.once("connect", resolve));
  socket.pause();
  socket.write(pipeJson(pipeType.subscribe, { protocolVersion, after: { epoch: "", number: 0 } }));
  await new Promise((resolve) => setTimeout(resolve, 50));
  return socket;
}

test("the journal comes from the number asked for, in order, and then live", async () => {
  const path = socketPath();
  const journal = memoryJournal(2500);
  const feed = await serve(path, { journal: () => journal });
  const { heard } = connectTo(path, () => 1000);
  await vi.waitFor(() => expect(heard.numbers).toHaveLength(1500));
  journal.entries.push(entry(2501));
  feed.journal();
  await vi.waitFor(() => expect(heard.numbers).toHaveLength(1501));
  expect(heard.numbers[0]).toBe(1001);
  expect(heard.numbers.every((number, index) => number === 1001 + index)).toBe(true);
});

test("a reader that holds more than the journal is told where the two part", async () => {
  const path = socketPath();
  await serve(path, { journal: () => memoryJournal(20) });
  const { heard } = connectTo(path, () => 25);
  await vi.waitFor(() =>
    expect(heard.hellos).toMatchObject([
      { lastJournalNumber: 20, journalEpoch: "now", journalAfter: 20 },
    ]),
  );
});

test("a plan is acknowledged, and sent again after a reconnect", async () => {
  const path = socketPath();
  const versions: number[] = [];
  const kept: { by?: LiveFeedPublisher } = {};
  const onPlan = ({ version }: { version: number }): void => {
    versions.push(version);
    kept.by?.planAcknowledged(version);
  };
  const feed = await serve(path, { onPlan });
  kept.by = feed;
  const { heard, control } = connectTo(path, () => 0);
  control.sendPlan(watchPlan([]));
  await vi.waitFor(() => expect(heard.versions).toEqual([7]));
  await feed.close();
  await vi.waitFor(() => expect(heard.downs).toBe(1));
  kept.by = await serve(path, { onPlan });
  await vi.waitFor(() => expect(heard.versions).toEqual([7, 7]), 3000);
  expect(versions).toEqual([7, 7]);
});

test("a socket file that a dead ingest left is replaced", async () => {
  const path = socketPath();
  writeFileSync(path, "");
  await serve(path);
  const { heard } = connectTo(path, () => 0);
  await vi.waitFor(() => expect(heard.ups).toBe(1));
});

test("a second ingest on the same socket is refused", async () => {
  const path = socketPath();
  await serve(path);
  const second = await listenLocalFeed({
    socketPath: path,
    hello: () => ({ node: "b", pid: 1, planVersion: 0, listeners: [] }),
    journal: () => undefined,
    onPlan: () => undefined,
    onStop: () => undefined,
    asks: () => refusingAsks,
    log: createSilentLog(),
  });
  expect(second).toEqual({ kind: "taken" });
  const { heard } = connectTo(path, () => 0);
  await vi.waitFor(() => expect(heard.ups).toBe(1));
});

test("a web process that reads nothing costs bounded memory and loses no entry", async () => {
  const path = socketPath();
  const journal = memoryJournal(20_000);
  const feed = await serve(path, { journal: () => journal });
  const slow = await stalledClient(path);
  const snapshot = new Uint8Array(24 * 1024);
  for (let sent = 0; sent < 2000; sent++) feed.snapshot(snapshot);
  const { heard } = connectTo(path, () => 19_999);
  await vi.waitFor(() => expect(heard.numbers).toEqual([20_000]));

  const numbers: number[] = [];
  let snapshotBytes = 0;
  const read = createPipeReader((type, payload) => {
    if (type === pipeType.journal) {
      numbers.push((JSON.parse(payload.toString()) as JournalEntry).number);
    }
    if (type === pipeType.snapshot) snapshotBytes += payload.length;
  });
  slow.on("data", (piece: Buffer) => void read(piece));
  slow.resume();
  await vi.waitFor(() => expect(numbers).toHaveLength(20_000), 5000);
  expect(numbers.at(-1)).toBe(20_000);
  // The socket's own buffers and the backlog, not the 48 MB that were published.
  expect(snapshotBytes).toBeLessThan(2 * liveBacklogBytesMax);
});

test("a web process that reads nothing for too long is cut", async () => {
  const path = socketPath();
  const journal = memoryJournal(20_000);
  await serve(path, { journal: () => journal, stalledMs: 200 });
  const slow = await stalledClient(path);
  const closed = new Promise((resolve) => slow.once("close", resolve));
  await new Promise((resolve) => setTimeout(resolve, 500));
  slow.resume();
  await closed;
  expect(slow.destroyed).toBe(true);
});

test("what is no frame of ours cuts the connection and nothing else", async () => {
  const path = socketPath();
  const log = createSilentLog();
  await serve(path, { log });
  for (const bytes of [Buffer.from("GET / HTTP/1.1\r\n\r\n"), pipeJson(99, {}), pipeJson(33, {})]) {
    const socket = connect(path);
    cleanUps.push(() => socket.destroy());
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.on("error", () => undefined);
    socket.write(bytes);
    await closed;
  }
  expect(log.lines.length).toBeGreaterThan(0);
  const { heard } = connectTo(path, () => 0);
  await vi.waitFor(() => expect(heard.ups).toBe(1));
});

/** An ingest that says just this, to each that subscribes; the times at which one did. */
async function sayTo(path: string, frames: () => Buffer[]): Promise<number[]> {
  const clock = createClock();
  const asked: number[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.once("data", () => {
      asked.push(clock.nowMs());
      socket.write(Buffer.concat(frames()));
    });
    cleanUps.push(() => socket.destroy());
  });
  cleanUps.push(() => new Promise((resolve) => server.close(resolve)));
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return asked;
}

const hello = { protocolVersion, node: "a", pid: 1, planVersion: 0, listeners: [] };
const ofJournal = { lastJournalNumber: 2, journalEpoch: "now", journalAfter: 0 };
const helloFrame = pipeJson(pipeType.hello, { ...hello, ...ofJournal });

test("a live frame that is not understood is left out and told once, no more", async () => {
  const path = socketPath();
  const bad = pipeJson(pipeType.status, { changed: "?" });
  await sayTo(path, () => [helloFrame, bad, bad, pipeJson(pipeType.journal, entry(1))]);
  const { heard, log } = connectTo(path, () => 0);
  await vi.waitFor(() => expect(heard.numbers).toEqual([1]));
  expect(heard).toMatchObject({ ups: 1, downs: 0 });
  expect(log.lines).toEqual(["error What ingest sent could not be taken and is left out."]);
});

test("an entry that is not understood is never skipped but asked for, ever later", async () => {
  const path = socketPath();
  const bad = pipeJson(pipeType.journal, { number: "one" });
  let first = bad;
  const asked = await sayTo(path, () => [helloFrame, first, pipeJson(pipeType.journal, entry(2))]);
  const { heard } = connectTo(path, () => 0);
  await vi.waitFor(() => expect(asked).toHaveLength(3), 4000);
  expect(heard.numbers).toEqual([]);
  const [one = 0, two = 0, three = 0] = asked;
  expect(three - two).toBeGreaterThan(1.5 * (two - one));
  first = pipeJson(pipeType.journal, entry(1));
  await vi.waitFor(() => expect(heard.numbers).toEqual([1, 2]), 4000);
});

test("a journal that cannot be read on cuts the web process that waits for it, alone", async () => {
  const path = socketPath();
  const log = createSilentLog();
  const journal = memoryJournal(20_000);
  let isBroken = false;
  const readAfter = (number: number, bytesMax: number) => {
    if (isBroken) throw new Error("EIO");
    return journal.readAfter(number, bytesMax);
  };
  await serve(path, { log, journal: () => ({ ...journal, lastNumber: 20_000, readAfter }) });
  const slow = await stalledClient(path);
  const closed = new Promise((resolve) => slow.once("close", resolve));
  isBroken = true;
  slow.resume();
  await closed;
  expect(log.lines).toEqual([
    "error The journal could not be handed over; the web process is cut.",
  ]);
  isBroken = false;
  const { heard } = connectTo(path, () => 19_999);
  await vi.waitFor(() => expect(heard.numbers).toEqual([20_000]));
});

test("frames are put together however they are cut", () => {
  const frames = [pipeJson(2, entry(1)), pipeJson(3, { a: "é" }), pipeJson(2, entry(2))];
  const bytes = Buffer.concat(frames);
  for (const size of [1, 2, 3, 7, 64, bytes.length]) {
    const seen: string[] = [];
    const read = createPipeReader((type, payload) => seen.push(`${type} ${payload.toString()}`));
    for (let at = 0; at < bytes.length; at += size) {
      expect(read(bytes.subarray(at, at + size))).toBe(true);
    }
    expect(seen).toEqual([
      `2 ${JSON.stringify(entry(1))}`,
      `3 {"a":"é"}`,
      `2 ${JSON.stringify(entry(2))}`,
    ]);
  }
});
