// What a journal entry sets off: pages at once, the database after, each once and in order.
import { expect, test } from "vitest";
import type { JournalEntry } from "../../../contract/wire/journal-event.ts";
import { createJournalFlow } from "../../../server/journal-flow.ts";
import { createAlarmBoard } from "../../../server/realtime/alarm-board.ts";
import { createFlightBoard } from "../../../server/realtime/flight-board.ts";
import { armedAtMs, wholeFlight } from "../../support/journal-entries.ts";

/**
 * The web process around the flow; `failures` is how often the database refuses at first, and it
 * answers nothing before `ready`.
 */
function world(failures = 0, cursor = 0, ready = Promise.resolve()) {
  const told: string[] = [];
  const stored: number[] = [];
  const steps: string[] = [];
  const asked: number[] = [];
  let left = failures;
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const flow = createJournalFlow(
    {
      log,
      projection: {
        cursor: async () => cursor,
        project: async (entry: JournalEntry) => {
          await ready;
          if (left-- > 0) throw new Error("database is locked");
          stored.push(entry.number);
          return "projected";
        },
      },
      bookings: {
        recordTelemetryState: async ({ bookingId, to }) => {
          steps.push(`${bookingId} ${to}`);
          return undefined;
        },
      },
      alarms: createAlarmBoard([], []),
      flights: createFlightBoard([]),
      nowMs: () => armedAtMs,
      wait: async () => {},
      showAlarm: (alarm) => told.push(`alarm ${alarm.shown}`),
      askAgain: () => void asked.push(flow.after()),
      showFlight: ({ flight }) => told.push(`flight ${flight.state}`),
    },
    cursor,
  );
  return { flow, told, stored, steps, asked };
}

test("pages are told while the database does not answer", async () => {
  let answer = (): void => {};
  const ready = new Promise<void>((resolve) => (answer = resolve));
  const { flow, told, stored } = world(0, 0, ready);
  for (const entry of wholeFlight) flow.onEntry(entry);
  expect(stored).toEqual([]);
  expect(told).toContain("alarm unacknowledged");
  expect(told.at(-1)).toBe("flight sealed");
  answer();
  await flow.settled();
  expect(stored).toEqual(wholeFlight.map(({ number }) => number));
});

test("a booking is activated at arming, nonconforming outside, activated inside", async () => {
  const { flow, steps } = world();
  for (const entry of wholeFlight) flow.onEntry(entry);
  await flow.settled();
  expect(steps).toEqual(["bkg_1 activated", "bkg_1 nonconforming", "bkg_1 activated"]);
});

test("an entry that the database refuses is tried again before the next one", async () => {
  const { flow, stored } = world(3);
  for (const entry of wholeFlight) flow.onEntry(entry);
  await flow.settled();
  expect(stored).toEqual(wholeFlight.map(({ number }) => number));
});

test("entries that came before, or after a gap, are not taken; a gap is asked for", async () => {
  const { flow, told, stored, asked } = world(0, 3);
  const [first, , , , fifth] = wholeFlight;
  if (first === undefined || fifth === undefined) throw new Error("The flight has entries.");
  flow.onEntry(first);
  flow.onEntry(fifth);
  await flow.settled();
  expect([told, stored]).toEqual([[], []]);
  expect(flow.after()).toBe(3);
  expect(asked).toEqual([3]);
});

test("while ten thousand entries wait no more are taken; the rest is asked for later", async () => {
  let answer = (): void => {};
  const ready = new Promise<void>((resolve) => (answer = resolve));
  const { flow, stored, asked } = world(0, 0, ready);
  for (let number = 1; number <= 10_050; number += 1) {
    flow.onEntry({
      node: "local",
      number,
      atMs: armedAtMs,
      event: { kind: "sessionClosed", sessionId: "ses_1", reason: "silent", recordBytes: 0 },
    });
  }
  expect([flow.after(), asked]).toEqual([10_000, []]);
  answer();
  await flow.settled();
  expect(stored).toHaveLength(10_000);
  expect(asked).toEqual([10_000]);
});

test("it has caught up once the database holds all that ingest had at its hello", async () => {
  let answer = (): void => {};
  const ready = new Promise<void>((resolve) => (answer = resolve));
  const { flow } = world(0, 0, ready);
  expect(flow.isCaughtUp()).toBe(false);
  flow.onHello(wholeFlight.length);
  for (const entry of wholeFlight) flow.onEntry(entry);
  expect([flow.after(), flow.isCaughtUp()]).toEqual([wholeFlight.length, false]);
  answer();
  await flow.settled();
  expect(flow.isCaughtUp()).toBe(true);
  flow.onHello(wholeFlight.length + 1);
  expect(flow.isCaughtUp()).toBe(false);
});
