import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { JournalEvent } from "../../../../contract/wire/journal-event.ts";
import { openJournal } from "../../../../server/ingest/journal.ts";
import { createTeller } from "../../../../server/ingest/teller.ts";
import { createSilentLog } from "../../../support/silent-log.ts";

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "skyrange-journal-"));
  path = join(folder, "journal.jsonl");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function closed(sessionId: string): JournalEvent {
  return { kind: "sessionClosed", sessionId, reason: "silent", recordBytes: 1 };
}

test("entries are numbered from 1 without gaps, also after a restart", () => {
  const first = openJournal(path, "local", createSilentLog());
  expect(first.append(10, closed("a")).number).toBe(1);
  expect(first.append(11, closed("b")).number).toBe(2);
  first.close();
  const second = openJournal(path, "local", createSilentLog());
  expect(second.lastNumber).toBe(2);
  expect(second.append(12, closed("c")).number).toBe(3);
  expect(second.readAll().map(({ number, atMs }) => [number, atMs])).toEqual([
    [1, 10],
    [2, 11],
    [3, 12],
  ]);
  second.close();
});

test("an entry is in the file before append returns", () => {
  const journal = openJournal(path, "local", createSilentLog());
  const entry = journal.append(10, closed("a"));
  expect(readFileSync(path, "utf8")).toBe(`${JSON.stringify(entry)}\n`);
  journal.close();
});

test("reading on gives what follows a number, as much as is asked for, one at least", () => {
  const journal = openJournal(path, "local", createSilentLog());
  for (let n = 0; n < 100; n++) journal.append(n, closed("x".repeat(n)));
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
  const first = openJournal(path, "local", log);
  first.append(10, closed("a"));
  first.close();
  appendFileSync(path, '{"node":"local","number":2,"atM');
  const second = openJournal(path, "local", log);
  expect(log.lines).toEqual(["warn The journal's last line was cut short and has been removed."]);
  expect(second.append(11, closed("b")).number).toBe(2);
  expect(second.readAll()).toHaveLength(2);
  second.close();
});

test("a damaged line in the middle is an error that names it", () => {
  const journal = openJournal(path, "local", createSilentLog());
  for (const id of ["a", "b", "c"]) journal.append(1, closed(id));
  journal.close();
  const lines = readFileSync(path, "utf8").split("\n");
  writeFileSync(path, [lines[0], "{}", lines[2], ""].join("\n"));
  expect(() => openJournal(path, "local", createSilentLog())).toThrow(/line 2/);
  writeFileSync(path, [lines[0], lines[2], ""].join("\n"));
  expect(() => openJournal(path, "local", createSilentLog())).toThrow(/number 2 expected, 3 found/);
});

test("events that the disk refuses wait unpublished and keep their order", () => {
  let isFull = true;
  const published: string[] = [];
  const log = createSilentLog();
  let number = 0;
  const teller = createTeller(
    {
      append: (atMs, event) => {
        if (isFull) throw new Error("ENOSPC");
        return { node: "local", number: ++number, atMs, event };
      },
    },
    { journal: ({ event, number: n }) => published.push(`${n} ${JSON.stringify(event)}`) },
    log,
  );
  teller.tell(1, closed("a"));
  teller.tell(2, closed("b"));
  expect(published).toEqual([]);
  isFull = false;
  teller.tell(3, closed("c"));
  expect(published.map((line) => /ses|"(a|b|c)"/.exec(line)?.[1])).toHaveLength(3);
  expect(published.map((line) => line.slice(0, 2))).toEqual(["1 ", "2 ", "3 "]);
  expect(log.lines.filter((line) => line.startsWith("error"))).toHaveLength(1);
});
