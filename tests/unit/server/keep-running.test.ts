// A program is kept running: restarted later each time, stopped in order, and its words are read.
import { expect, test, vi } from "vitest";
import { keepRunning, nextDelayMs } from "../../../server/keep-running.ts";
import { lastPlainLine, type Run } from "../../../server/spawn-program.ts";

/** Runs that end when told to. */
function program() {
  const runs: { end: () => void; signals: string[] }[] = [];
  const start = (): Run => {
    let end = (): void => {};
    const ended = new Promise<void>((resolve) => (end = resolve));
    const signals: string[] = [];
    runs.push({ end, signals });
    return {
      pid: runs.length,
      ended,
      lastWords: () => `words of ${runs.length}`,
      terminate: () => void signals.push("terminate"),
      kill: () => {
        signals.push("kill");
        end();
      },
    };
  };
  return { runs, start };
}

test("a program that ends before it is ready is not started again; its words say why", async () => {
  const { runs, start } = program();
  const keeper = keepRunning(start, () => expect.unreachable());
  runs[0]?.end();
  expect(await keeper.failedToStart).toBe("words of 1");
  expect(runs).toHaveLength(1);
});

test("a program that crashes is started again, later each time up to ten seconds", async () => {
  vi.useFakeTimers();
  const { runs, start } = program();
  const delays: number[] = [];
  const keeper = keepRunning(start, (_words, delayMs) => void delays.push(delayMs));
  keeper.markReady();
  for (let crash = 0; crash < 8; crash += 1) {
    runs.at(-1)?.end();
    await vi.advanceTimersByTimeAsync(10_000);
  }
  expect(delays).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  expect(runs).toHaveLength(9);
  vi.useRealTimers();
});

test("a good run makes the next restart quick again", async () => {
  vi.useFakeTimers();
  const { runs, start } = program();
  const delays: number[] = [];
  const keeper = keepRunning(start, (_words, delayMs) => void delays.push(delayMs));
  keeper.markReady();
  runs[0]?.end();
  await vi.advanceTimersByTimeAsync(31_000);
  runs[1]?.end();
  await vi.advanceTimersByTimeAsync(0);
  expect(delays).toEqual([250, 250]);
  await keeper.stop();
  vi.useRealTimers();
});

test("stopping asks first, forces after ten seconds, and nothing starts again", async () => {
  vi.useFakeTimers();
  const { runs, start } = program();
  const keeper = keepRunning(start, () => {});
  keeper.markReady();
  const stopped = keeper.stop();
  expect(runs[0]?.signals).toEqual(["terminate"]);
  await vi.advanceTimersByTimeAsync(10_000);
  await stopped;
  expect(runs[0]?.signals).toEqual(["terminate", "kill"]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(runs).toHaveLength(1);
  vi.useRealTimers();
});

test("waits double up to ten seconds", () => {
  expect([nextDelayMs(250), nextDelayMs(8_000)]).toEqual([500, 10_000]);
});

test("the last words are the last line that is meant for a person", () => {
  const stack = [
    '{"level":"info","msg":"Watching."}',
    "/work/server/x.ts:3",
    "    throw new Error('boom');",
    "Error: boom",
    "    at run (/work/server/x.ts:3:9)",
    "",
    "Node.js v20.20.2",
    "",
  ];
  expect(lastPlainLine(stack.join("\n"))).toBe("Error: boom");
  expect(lastPlainLine("skyrange: the port is in use.\n")).toBe("skyrange: the port is in use.");
  expect(lastPlainLine("")).toBe("");
});
