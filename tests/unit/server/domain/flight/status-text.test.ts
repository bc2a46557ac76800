import fc from "fast-check";
import { expect, test } from "vitest";
import type { StatusTextSample } from "../../../../../server/domain/flight/sample.ts";
import {
  openTextsMax,
  readStatusText,
  settleTexts,
  textChunksMax,
  textTimeoutMs,
} from "../../../../../server/domain/flight/status-text.ts";
import type { HeardText, OpenText } from "../../../../../server/domain/flight/status-text.ts";

const chunkBytes = 50;

/** The chunks of a text, as an autopilot sends them: a NUL ends the last one. */
function chunksOf(text: string, id = 7, severity = 4): StatusTextSample[] {
  const bytes = new TextEncoder().encode(text);
  const count = Math.floor(bytes.length / chunkBytes) + 1;
  return Array.from({ length: count }, (_, index) => {
    const own = bytes.slice(index * chunkBytes, (index + 1) * chunkBytes);
    const chunk = { id, index, isLast: own.length < chunkBytes, bytes: own };
    return { kind: "statusText", sysid: 1, compid: 1, severity, text: "", chunk };
  });
}

/** What was heard of samples that come at these times, and what waits after. */
function hear(samples: readonly (readonly [StatusTextSample, number])[]) {
  let open: readonly OpenText[] = [];
  const heard: HeardText[] = [];
  for (const [sample, atMs] of samples) {
    const reading = readStatusText(open, sample, atMs);
    open = reading.open;
    heard.push(...reading.heard);
  }
  return { open, heard };
}

const long =
  "PreArm: compass 1 and compass 2 disagree by more than 45 degrees, and GPS 1 is not healthy";

test("a text in one message is heard at once", () => {
  const sample = { kind: "statusText", sysid: 1, compid: 1, severity: 6, text: "Armed" } as const;
  expect(hear([[sample, 1_000]])).toEqual({
    open: [],
    heard: [{ severity: 6, text: "Armed", atMs: 1_000 }],
  });
});

test("a long text is heard once its last chunk has come, with the time of its first", () => {
  const [first, second] = chunksOf(long);
  if (!first || !second) throw new Error("two chunks");
  expect(hear([[first, 1_000]]).heard).toEqual([]);
  const { open, heard } = hear([
    [first, 1_000],
    [second, 1_040],
  ]);
  expect(heard).toEqual([{ severity: 4, text: long, atMs: 1_000 }]);
  expect(settleTexts(open, Infinity)).toEqual({ open: [], heard: [] });
});

test("chunks in any order, and chunks that come twice, make the same text once", () => {
  const text = "電池電壓過低，正在返航。".repeat(12); // letters of three bytes lie across the borders
  const chunks = chunksOf(text);
  const order = fc.shuffledSubarray([...chunks, ...chunks.slice(0, 3)], {
    minLength: chunks.length + 3,
  });
  fc.assert(
    fc.property(order, (sent) => {
      const { open, heard } = hear(sent.map((sample, n) => [sample, n]));
      expect([...heard, ...settleTexts(open, Infinity).heard].map((one) => one.text)).toEqual([
        text,
      ]);
    }),
    { seed: 20_251, numRuns: 200, examples: [[chunks]] },
  );
});

test("missing chunks are one gap, shown after the time-out and not before", () => {
  const chunks = chunksOf("A".repeat(50) + "B".repeat(100) + "C".repeat(10));
  const [first, , , last] = chunks;
  if (!first || !last) throw new Error("four chunks");
  const { open, heard } = hear([
    [first, 0],
    [last, 10],
  ]);
  expect(heard).toEqual([]);
  expect(settleTexts(open, 10 + textTimeoutMs)).toEqual({ open, heard: [] });
  expect(settleTexts(open, 11 + textTimeoutMs)).toEqual({
    open: [],
    heard: [{ severity: 4, text: `${"A".repeat(50)}[…]${"C".repeat(10)}`, atMs: 0 }],
  });
});

test("a missing start and a missing end are gaps, too", () => {
  const [first, second] = chunksOf(long);
  if (!first || !second) throw new Error("two chunks");
  const startOnly = settleTexts(hear([[first, 0]]).open, Infinity);
  expect(startOnly.heard[0]?.text).toBe(`${long.slice(0, 50)}[…]`);
  const endOnly = settleTexts(hear([[second, 0]]).open, Infinity);
  expect(endOnly.heard[0]?.text).toBe(`[…]${long.slice(50)}`);
});

test("texts of different ids, severities and components do not mix", () => {
  const other = "X".repeat(60);
  const [a1, a2] = chunksOf(long, 7);
  const [b1, b2] = chunksOf(other, 8);
  const ofCamera = chunksOf(other, 7).map((sample) => ({ ...sample, compid: 100 }));
  const [c1, c2] = ofCamera;
  if (!a1 || !a2 || !b1 || !b2 || !c1 || !c2) throw new Error("two chunks each");
  const { heard } = hear([a1, b1, c1, c2, b2, a2].map((sample, n) => [sample, n]));
  expect(heard.map(({ text }) => text)).toEqual([other, other, long]);
});

test("an id that is used again begins another text; the old one is shown with its gap", () => {
  const [old] = chunksOf("O".repeat(60), 7);
  const [first, second] = chunksOf("N".repeat(60), 7);
  if (!old || !first || !second) throw new Error("two chunks");
  const { heard } = hear([old, first, second].map((sample, n) => [sample, n]));
  expect(heard.map(({ text }) => text)).toEqual([`${"O".repeat(50)}[…]`, "N".repeat(60)]);
});

test("no more than a few texts wait, and none is longer than its limit", () => {
  const starts = Array.from({ length: 40 }, (_, n) => chunksOf(long, n + 1)[0]);
  const sent = starts.flatMap((sample, n) => (sample ? [[sample, n] as const] : []));
  const { open, heard } = hear(sent);
  expect(open.length).toBe(openTextsMax);
  expect(heard.length).toBe(40 - openTextsMax);
  const far = { id: 9, index: textChunksMax, isLast: false, bytes: new Uint8Array(50) };
  const sample = { kind: "statusText", sysid: 1, compid: 1, severity: 6, text: "" } as const;
  expect(hear([[{ ...sample, chunk: far }, 0]])).toEqual({ open: [], heard: [] });
});
