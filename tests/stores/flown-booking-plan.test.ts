// Which bookings the watch plan holds: one whose flight goes on stays in it, whatever its state.
import { expect } from "vitest";
import { createJournalProjection } from "../../server/store/journal-projection.ts";
import { bookingRequest, createBookingWorld, minuteMs } from "../support/booking-world.ts";
import { journalOf, landed, sealed, started } from "../support/journal-entries.ts";
import { test } from "../support/test-database.ts";

test("a booking stays in the plan until the last flight bound to it is sealed", async () => {
  const world = await createBookingWorld();
  const operator = await world.person("usr_operator");
  const outcome = await world.service.book(operator, bookingRequest());
  if (outcome.kind !== "booked") throw new Error(JSON.stringify(outcome));
  const { id, version, endMs } = outcome.booking;
  const planned = async (): Promise<string[]> => {
    const plan = await world.store.plan.readWatchPlan(endMs + 60 * minuteMs);
    return plan.bookings.map((booking) => `${booking.id} ${booking.state}`);
  };
  const projection = createJournalProjection(world.database);
  const binding = { kind: "booked" as const, bookingId: id };
  const entries = journalOf([{ ...started, binding }, landed, sealed("flt_1", "a".repeat(64))]);
  const [start, land, seal] = entries;
  if (!start || !land || !seal) throw new Error("The flight has entries.");

  const withdrawal = { bookingId: id, version, person: operator, reason: "" };
  expect((await world.service.act("withdraw", withdrawal)).kind).toBe("done");
  expect(await planned()).toEqual([]);
  await projection.project(start);
  expect(await planned()).toEqual([`${id} withdrawn`]);
  await projection.project(land);
  expect(await planned()).toEqual([`${id} withdrawn`]);
  await projection.project(seal);
  expect(await planned()).toEqual([]);
  await world.close();
});
