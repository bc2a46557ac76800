// What a journal entry sets off: pages at once, the database after, each once and in order.
import { expect, test } from "vitest";
import type { Binding } from "../../../contract/wire/flight.ts";
import type { JournalEntry } from "../../../contract/wire/journal-event.ts";
import { createJournalFlow } from "../../../server/journal-flow.ts";
import { flightAfter, type FlightRecord } from "../../../server/domain/flight/flight-record.ts";
import { createAlarmBoard } from "../../../server/realtime/alarm-board.ts";
import { createFlightBoard } from "../../../server/realtime/flight-board.ts";
import {
  armedAtMs,
  bound,
  journalOf,
  started,
  wholeFlight,
} from "../../support/journal-entries.ts";
import { unseenOrders } from "../../support/order-ports.ts";

const at = (number: number) => ({ epoch: "e1", number });

/** What ingest says of its journal; the same as before unless it says otherwise. */
function hello(lastJournalNumber: number, journalAfter = 0, journalEpoch = "e1") {
  return { node: "local", lastJournalNumber, journalEpoch, journalAfter };
}

/**
 * The web process around the flow; `failures` is how often the database refuses at first, and it
 * answers nothing before `ready`.
 */
function world(failures = 0, cursor = 0, ready = Promise.resolve()) {
  const told: string[] = [];
  const stored: number[] = [];
  const positions: string[] = [];
  const steps: string[] = [];
  const asked: number[] = [];
  const ofBooking: FlightRecord[] = [];
  let left = failures;
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const flow = createJournalFlow(
    {
      log,
      projection: {
        cursor: async () => at(cursor),
        goOnFrom: async (_node, { epoch, number }) => {
          await ready;
          positions.push(`${epoch} ${number}`);
          return { alarms: [], flights: [], commands: [], transfers: [] };
        },
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
        recordFlightLeft: async ({ bookingId, staying }) => {
          steps.push(`${bookingId} without, ${staying.length} stay`);
          return undefined;
        },
      },
      flightsOfBooking: async () => ofBooking,
      alarms: createAlarmBoard([], []),
      flights: createFlightBoard([]),
      ...unseenOrders(),
      nowMs: () => armedAtMs,
      wait: async () => {},
      showAlarm: (alarm) => told.push(`alarm ${alarm.shown}`),
      askAgain: () => void asked.push(flow.after().number),
      restartPages: () => told.push("pages restart"),
      showFlight: ({ flight }) => told.push(`flight ${flight.state}`),
    },
    at(cursor),
  );
  return { flow, told, stored, positions, steps, asked, ofBooking };
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

test("a flight bound by hand activates its booking, and pages are told", async () => {
  const { flow, told, steps } = world();
  const unbooked = { ...started, binding: { kind: "unbooked" as const, bookingId: null } };
  for (const entry of journalOf([unbooked, bound, bound])) flow.onEntry(entry);
  await flow.settled();
  expect(steps).toEqual(["bkg_2 activated"]);
  expect(told).toEqual(["flight flying", "flight flying"]);
});

test("a booking that a flight leaves is judged by those that stay with it", async () => {
  const { flow, steps, ofBooking } = world();
  const binding = { kind: "unbooked", bookingId: null } as const;
  const flights: readonly [string, Binding][] = [
    ["flt_1", { kind: "byHand", bookingId: "bkg_2" }],
    ["flt_2", { kind: "booked", bookingId: "bkg_2" }],
    ["flt_3", { kind: "wrongDrone", bookingId: "bkg_2" }],
  ];
  for (const [flightId, one] of flights) {
    const event = { ...started, flightId, binding: one };
    const record = flightAfter(undefined, event, armedAtMs, false);
    if (record !== undefined) ofBooking.push(record);
  }
  const takenBack = { ...bound, binding, leftBookingId: "bkg_2" };
  for (const entry of journalOf([{ ...started, binding }, bound, takenBack])) flow.onEntry(entry);
  await flow.settled();
  expect(steps).toEqual(["bkg_2 activated", "bkg_2 without, 1 stay"]);
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
  expect(flow.after()).toEqual(at(3));
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
  expect([flow.after().number, asked]).toEqual([10_000, []]);
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
  flow.onHello(hello(wholeFlight.length));
  for (const entry of wholeFlight) flow.onEntry(entry);
  expect([flow.after().number, flow.isCaughtUp()]).toEqual([wholeFlight.length, false]);
  answer();
  await flow.settled();
  expect(flow.isCaughtUp()).toBe(true);
  flow.onHello(hello(wholeFlight.length + 1, wholeFlight.length));
  expect(flow.isCaughtUp()).toBe(false);
});

test("an ingest that was started again is followed under its new epoch", async () => {
  const { flow, told, stored, positions } = world(0, 3);
  flow.onHello(hello(9, 3, "e2"));
  expect(flow.after()).toEqual({ epoch: "e2", number: 3 });
  for (const entry of wholeFlight.slice(3)) flow.onEntry(entry);
  await flow.settled();
  expect(positions).toEqual(["e2 3"]);
  expect(stored).toEqual([4, 5, 6, 7, 8, 9]);
  expect(told).not.toContain("pages restart");
});

test("numbers given again after a cut are taken, shown and stored", async () => {
  const { flow, told, stored, positions } = world();
  for (const entry of wholeFlight) flow.onEntry(entry);
  await flow.settled();
  stored.length = 0;
  told.length = 0;
  flow.onHello(hello(4, 2, "e2"));
  expect(flow.isCaughtUp()).toBe(false);
  expect(told).toEqual(["pages restart"]);
  const again = wholeFlight.slice(2, 4);
  for (const entry of again) flow.onEntry(entry);
  await flow.settled();
  expect(positions).toEqual(["e2 2"]);
  expect(stored).toEqual([3, 4]);
  expect(told).toContain("alarm unacknowledged");
  expect(flow.isCaughtUp()).toBe(true);
});
