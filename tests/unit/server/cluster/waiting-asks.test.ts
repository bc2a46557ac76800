// Asks of the web process: each settles once, by reply, time-out or the pipe's end.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ingestAsks, waitingAsksMax } from "../../../../server/cluster/ingest-ask.ts";
import { WaitingAsks } from "../../../../server/cluster/waiting-asks.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const ask = { kind: "closeSession", sessionId: "ses_1", byUserId: "usr_1" } as const;
const closed = { kind: "closed", sessionId: "ses_1", flightId: "flt_1" };

function pipe() {
  const sent: number[] = [];
  return { sent, send: ({ id }: { id: number }) => void sent.push(id) };
}

test("answers that come in another order reach those who asked", async () => {
  const { sent, send } = pipe();
  const asks = new WaitingAsks();
  const [first, second] = [asks.ask(ask, send), asks.ask(ask, send)];
  asks.hear({ kind: "failed", id: sent[1] });
  asks.hear({ kind: "answered", id: sent[0], answer: closed });
  expect(await first).toEqual(closed);
  expect(await second).toEqual({ kind: "failed" });
});

test("an ask that is not answered in time says so, and a late answer changes nothing", async () => {
  const { sent, send } = pipe();
  const asks = new WaitingAsks();
  const asked = asks.ask(ask, send);
  vi.advanceTimersByTime(ingestAsks.closeSession.timeoutMs);
  expect(await asked).toEqual({ kind: "timedOut", wasSent: true });
  asks.hear({ kind: "answered", id: sent[0], answer: closed });
  expect(vi.getTimerCount()).toBe(0);
});

test("nothing is sent beyond the most asks that may wait", async () => {
  const { sent, send } = pipe();
  const asks = new WaitingAsks();
  for (let count = 0; count < waitingAsksMax; count++) void asks.ask(ask, send);
  expect(await asks.ask(ask, send)).toEqual({ kind: "busy" });
  expect(sent).toHaveLength(waitingAsksMax);
  asks.hear({ kind: "answered", id: sent[0], answer: closed });
  void asks.ask(ask, send);
  expect(sent).toHaveLength(waitingAsksMax + 1);
});

test("while the pipe is down nothing is asked; one that is cut says that it was sent", async () => {
  const asks = new WaitingAsks();
  expect(await asks.ask(ask, undefined)).toEqual({ kind: "unreachable", wasSent: false });
  const asked = asks.ask(ask, pipe().send);
  asks.cut();
  expect(await asked).toEqual({ kind: "unreachable", wasSent: true });
  expect(vi.getTimerCount()).toBe(0);
});

test("an answer that is none of this kind of ask is refused", () => {
  const { sent, send } = pipe();
  const asks = new WaitingAsks();
  void asks.ask(ask, send);
  const answer = { kind: "closed", sessionId: 7 };
  expect(() => asks.hear({ kind: "answered", id: sent[0], answer })).toThrow();
});
