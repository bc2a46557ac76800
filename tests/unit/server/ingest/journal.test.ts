import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { JournalEvent } from "../../../../contract/wire/journal-event.ts";
import {
  diskWaitMsMax,
  openJournal,
  type Journal,
  type JournalPorts,
} from "../../../../server/ingest/journal.ts";
import { createTeller } from "../../../../server/ingest/teller.ts";
import { createSilentLog } from "../../../support/silent-log.ts";

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "skyrange-journal-"));
  path = join(folder, "journal.jsonl");
});
afterEach(() => vi.useRealTimers());
afterEach(() => rmSync(folder, { recursive: true, force: true }));

let openings = 0;
beforeEach(() => (openings = 0));

function open(more: Partial<JournalPorts> = {}): Journal {
  return openJournal(path, "local", {
    log: createSilentLog(),
    makeEpoch: () => `epoch-${++openings}`,
    onEntry: () => undefined,
    onTellable: () => undefined,
    ...more,
  });
}

/** Until everything that was appended may be told. */
function allTold(journal: Journal, number: number): Promise<void> {
  return vi.waitFor(() => expect(journal.lastNumber).toBe(number));
}

function closed(sessionId: string): JournalEvent {
  return { kind: "sessionClosed", sessionId, reason: "silent", recordBytes: 1 };
}

test("entries are numbered from 1 without gaps, also after a restart", async () => {
  const first = open();
  expect(first.append(10, closed("a")).number).toBe(1);
  expect(first.append(11, closed("b")).number).toBe(2);
  first.close();
  const second = open();
  expect(second.lastNumber).toBe(2);
  expect(second.append(12, closed("c")).number).toBe(3);
  await allTold(second, 3);
  expect(second.readAfter(0, 1e9).map(({ number, atMs }) => [number, atMs])).toEqual([
    [1, 10],
    [2, 11],
    [3, 12],
  ]);
  second.close();
});

test("an entry is in the file before append returns", () => {
  const journal = open();
  const entry = journal.append(10, closed("a"));
  expect(readFileSync(path, "utf8")).toBe(
    `{"epoch":"epoch-1","after":0}\n${JSON.stringify(entry)}\n`,
  );
  journal.close();
});

test("reading on gives what follows a number, as much as is asked for, one at least", async () => {
  const journal = open();
  for (let n = 0; n < 100; n++) journal.append(n, closed("x".repeat(n)));
  await allTold(journal, 100);
  expect(journal.readAfter(0, 1e9)).toHaveLength(100);
  expect(journal.readAfter(100, 1e9)).toEqual([]);
  expect(journal.readAfter(99, 0).map(({ number }) => number)).toEqual([100]);
  expect(journal.readAfter(40, 0).map(({ number }) => number)).toEqual([41]);
  let at = 0;
  for (;;) {
    const next = journal.readAfter(at, 1000);
    if (next.length === 0) break;
    expect(next[0]?.number).toBe(at + 1);
    at = next.at(-1)?.number ?? at;
  }
  expect(at).toBe(100);
  journal.close();
});

test("a line that a crash cut short is removed, and its number given again", () => {
  const log = createSilentLog();
  const first = open({ log });
  first.append(10, closed("a"));
  first.close();
  appendFileSync(path, '{"node":"local","number":2,"atM');
  const second = open({ log });
  expect(log.lines).toEqual(["warn The journal's last line was cut short and has been removed."]);
  expect(second.append(11, closed("b")).number).toBe(2);
  second.close();
  expect(readEntries()).toEqual([1, 2]);
});

/** Numbers that the next opening finds. */
function readEntries(): number[] {
  const numbers: number[] = [];
  open({ makeEpoch: () => "read", onEntry: ({ number }) => numbers.push(number) }).close();
  return numbers;
}

test("what follows a damaged line is set aside, and the journal goes on from before it", () => {
  const first = open();
  for (const id of ["a", "b", "c"]) first.append(1, closed(id));
  first.close();
  const whole = readFileSync(path);
  const lines = whole.toString("utf8").split("\n");
  const goodBytes = Buffer.byteLength(`${lines[0]}\n${lines[1]}\n`);
  // A page that a power loss left empty before one that was written.
  const emptied = Buffer.from(whole).fill(0, goodBytes + 5, goodBytes + 60);
  writeFileSync(path, emptied);
  const log = createSilentLog();
  const second = open({ log });
  expect(log.lines).toEqual(["error The journal is damaged; what follows is set aside."]);
  expect(readFileSync(`${path}.aside-1`)).toEqual(emptied.subarray(goodBytes));
  expect(second.append(2, closed("d")).number).toBe(2);
  expect(second.commonNumber({ epoch: "epoch-1", number: 3 })).toBe(1);
  second.close();
  expect(readEntries()).toEqual([1, 2]);
});

test("a line that is missing in the middle is damage too; each damaged end is kept", () => {
  for (const aside of [1, 2]) {
    rmSync(path, { force: true });
    const journal = open();
    for (const id of ["a", "b", "c"]) journal.append(1, closed(id));
    journal.close();
    const lines = readFileSync(path, "utf8").split("\n");
    writeFileSync(path, [lines[0], lines[1], lines[3], ""].join("\n"));
    expect(readEntries()).toEqual([1]);
    expect(readFileSync(`${path}.aside-${aside}`, "utf8")).toBe(`${lines[3]}\n`);
  }
});

test("an entry is told once it is on disk, in order, and none before it is written", async () => {
  const told: number[] = [];
  const journal: Journal = open({ onTellable: () => told.push(journal.lastNumber) });
  journal.append(1, closed("a"));
  journal.append(2, closed("b"));
  expect([told, journal.readAfter(0, 1e9)]).toEqual([[], []]);
  await allTold(journal, 2);
  expect(journal.readAfter(0, 1e9).map(({ number }) => number)).toEqual([1, 2]);
  expect([...told].sort()).toEqual(told);
  journal.close();
});

test("a disk that does not answer delays what is told by no more than the wait allowed", () => {
  // The disk answers only between turns of the event loop, which this test does not end.
  vi.useFakeTimers();
  const told: number[] = [];
  const journal: Journal = open({ onTellable: () => told.push(journal.lastNumber) });
  journal.append(1, closed("a"));
  vi.advanceTimersByTime(diskWaitMsMax - 1);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual([1]);
  journal.close();
});

test("every opening begins an epoch; readers of earlier ones go on where they were", async () => {
  const first = open();
  for (const id of ["a", "b"]) first.append(1, closed(id));
  first.close();
  const second = open();
  second.append(2, closed("c"));
  await allTold(second, 3);
  expect([first.epoch, second.epoch]).toEqual(["epoch-1", "epoch-2"]);
  expect(second.commonNumber({ epoch: "epoch-1", number: 1 })).toBe(1);
  expect(second.commonNumber({ epoch: "epoch-2", number: 3 })).toBe(3);
  expect(second.readAfter(1, 1e9).map(({ number }) => number)).toEqual([2, 3]);
  second.close();
});

test("after a cut a reader that was beyond it goes on from the cut, under a new epoch", () => {
  const first = open();
  for (const id of ["a", "b", "c"]) first.append(1, closed(id));
  first.close();
  const lines = readFileSync(path, "utf8").split("\n");
  writeFileSync(path, `${lines.slice(0, 2).join("\n")}\n`);
  const second = open();
  expect(second.append(2, closed("d")).number).toBe(2);
  expect(second.commonNumber({ epoch: "epoch-1", number: 3 })).toBe(1);
  expect(second.commonNumber({ epoch: "epoch-1", number: 1 })).toBe(1);
  second.close();
});

test("a reader of a journal that is not this one begins at its beginning", () => {
  const journal = open();
  journal.append(1, closed("a"));
  expect(journal.commonNumber({ epoch: "of another", number: 40 })).toBe(0);
  expect(journal.commonNumber({ epoch: "", number: 40 })).toBe(0);
  journal.close();
});

test("a journal from before there were epochs is read on, by readers from then too", () => {
  const old = [1, 2].map((number) =>
    JSON.stringify({ node: "local", number, atMs: 1, event: closed("a") }),
  );
  writeFileSync(path, `${old.join("\n")}\n`);
  const journal = open();
  expect(journal.lastNumber).toBe(2);
  expect(journal.commonNumber({ epoch: "", number: 1 })).toBe(1);
  expect(journal.append(3, closed("b")).number).toBe(3);
  expect(journal.commonNumber({ epoch: "", number: 3 })).toBe(2);
  journal.close();
});

test("reading on from any number is right, whatever lines lie before it", async () => {
  const first = open();
  for (let n = 1; n <= 150; n++) first.append(n, closed("a"));
  first.close();
  const second = open();
  for (let n = 151; n <= 300; n++) second.append(n, closed("b".repeat(n)));
  await allTold(second, 300);
  for (const from of [0, 1, 63, 64, 65, 127, 128, 149, 150, 151, 191, 192, 298, 299]) {
    const next = second.readAfter(from, 1e9);
    expect([next.length, next[0]?.number, next.at(-1)?.number]).toEqual([
      300 - from,
      from + 1,
      300,
    ]);
  }
  second.close();
});

test("opening holds one piece of the file at a time, whatever the file's size", () => {
  const lineOf = (number: number): string =>
    `${JSON.stringify({ node: "local", number, atMs: 1, event: closed("x".repeat(8_000)) })}\n`;
  const entries = 10_000;
  const file = openSync(path, "w");
  for (let number = 1; number <= entries; number++) writeSync(file, lineOf(number));
  closeSync(file);
  const program = `
    import { openJournal } from "./server/ingest/journal.ts";
    let count = 0;
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const before = process.resourceUsage().maxRSS;
    const journal = openJournal(process.argv[1], "local", {
      log, makeEpoch: () => "e", onEntry: () => (count += 1), onTellable() {},
    });
    const grownKb = process.resourceUsage().maxRSS - before;
    const last = journal.readAfter(${entries - 2}, 1e6).length;
    console.log(JSON.stringify({ count, last, grownKb }));
    journal.close();`;
  const options = ["--import", "tsx", "--max-old-space-size=64", "--input-type=module"];
  const { stdout } = spawnSync(process.execPath, [...options, "-e", program, path], {
    encoding: "utf8",
  });
  const told = JSON.parse(stdout) as { count: number; last: number; grownKb: number };
  expect(told).toMatchObject({ count: entries, last: 2 });
  // The file has 80 MB.
  expect(told.grownKb).toBeLessThan(60_000);
});

test("events that the disk refuses wait and keep their order", () => {
  let isFull = true;
  const written: JournalEvent[] = [];
  const log = createSilentLog();
  const teller = createTeller(
    {
      append: (atMs, event) => {
        if (isFull) throw new Error("ENOSPC");
        return { node: "local", number: written.push(event), atMs, event };
      },
    },
    log,
  );
  teller.tell(1, closed("a"));
  teller.tell(2, closed("b"));
  expect(written).toEqual([]);
  isFull = false;
  teller.tell(3, closed("c"));
  expect(written).toEqual([closed("a"), closed("b"), closed("c")]);
  expect(log.lines.filter((line) => line.startsWith("error"))).toHaveLength(1);
});

test("events that wait are written at an orderly end; what is refused then is told as lost", () => {
  const isFull = { now: true };
  const written: JournalEvent[] = [];
  const log = createSilentLog();
  const append: Journal["append"] = (atMs, event) => {
    if (isFull.now) throw new Error("ENOSPC");
    return { node: "local", number: written.push(event), atMs, event };
  };
  const kept = createTeller({ append }, createSilentLog());
  kept.tell(1, closed("a"));
  const lost = createTeller({ append }, log);
  lost.tell(2, closed("b"));
  lost.close();
  isFull.now = false;
  kept.close();
  expect(written).toEqual([closed("a")]);
  expect(log.lines.slice(1)).toEqual([
    "error Events are lost: the journal refused them to the end.",
    "error This event is not in the journal.",
  ]);
});
