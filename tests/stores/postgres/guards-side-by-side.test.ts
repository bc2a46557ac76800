// The guards by themselves, against writers that do not wait for each other: what two transactions
// could do side by side is refused as if one had come after the other.
import knex, { type Knex } from "knex";
import { afterEach, beforeEach, expect } from "vitest";
import {
  bookingRequest,
  createBookingWorld,
  type BookingWorld,
} from "../../support/booking-world.ts";
import { test } from "../../support/test-database.ts";

let world: BookingWorld;
let stranger: Knex;

beforeEach(async () => {
  world = await createBookingWorld();
  const { target } = world.made;
  if (target.kind !== "postgres") throw new Error("These tests are PostgreSQL's.");
  stranger = knex({ client: "pg", connection: target.url, pool: { min: 0, max: 3 } });
});
afterEach(async () => {
  await stranger.destroy();
  await world.close();
});

async function draftId(): Promise<string> {
  const operator = await world.person("usr_operator");
  const draft = await world.service.book(operator, bookingRequest({ draft: true }));
  if (draft.kind !== "booked") throw new Error(draft.kind);
  return draft.booking.id;
}

/** Runs `second` while `first` is not committed; answers once both have ended. */
async function sideBySide(
  first: (one: Knex.Transaction) => Promise<unknown>,
  second: (two: Knex.Transaction) => Promise<unknown>,
): Promise<PromiseSettledResult<unknown>> {
  const one = await stranger.transaction();
  await first(one);
  const other = stranger.transaction(second);
  const [ended] = await Promise.all([
    Promise.allSettled([other]),
    new Promise((resolve) => setTimeout(resolve, 200)).then(() => one.commit()),
  ]);
  return ended[0];
}

function refusalOf(ended: PromiseSettledResult<unknown>): string {
  return ended.status === "rejected" ? String(ended.reason) : "not refused";
}

test("two overlapping holds of one unit written side by side: the second is refused", async () => {
  const row = { booking_id: await draftId(), unit_kind: "resource", unit_id: "res_pad1" };
  const hold = (startMs: number) => (transaction: Knex.Transaction) =>
    transaction("allocation").insert({
      ...row,
      start_ms: startMs,
      end_ms: startMs + 10,
      status: "held",
    });
  expect(refusalOf(await sideBySide(hold(0), hold(9)))).toContain("allocation overlaps");
  expect((await sideBySide(hold(20), hold(30))).status).toBe("fulfilled");
});

test("airspace taken while another raises its version is refused as stale", async () => {
  const id = await draftId();
  const { version } = await stranger("airspace").first<{ version: string }>("version");
  const ended = await sideBySide(
    (one) => one("airspace").increment("version", 1),
    (two) =>
      two("booking_volume")
        .where({ booking_id: id })
        .update({ holding: true, airspace_version: version }),
  );
  expect(refusalOf(ended)).toContain("airspace version is stale");
});

/** The id of a booking that holds its units though it is not accepted yet. */
async function requestedWithHolds(): Promise<string> {
  const operator = await world.person("usr_operator");
  const outcome = await world.service.book(operator, bookingRequest());
  if (outcome.kind !== "booked") throw new Error(outcome.kind);
  const { id } = outcome.booking;
  await stranger("booking").where({ id }).update({ state: "requested" });
  return id;
}

test("a hold let go while its booking is being accepted is refused", async () => {
  const id = await requestedWithHolds();
  const ended = await sideBySide(
    (one) => one("booking").where({ id }).update({ state: "accepted" }),
    (two) => two("allocation").where({ booking_id: id }).update({ status: "freed" }),
  );
  expect(refusalOf(ended)).toContain("booking does not hold what its state says");
});

test("a booking accepted while one of its holds is let go is refused", async () => {
  const id = await requestedWithHolds();
  const ended = await sideBySide(
    (one) => one("allocation").where({ booking_id: id }).update({ status: "freed" }),
    (two) => two("booking").where({ id }).update({ state: "accepted" }),
  );
  expect(refusalOf(ended)).toContain("booking does not hold what its state says");
});

test("events are numbered without gaps in the order of their commits", async () => {
  const event = { at_ms: 1, kind: "test", payload: "{}" };
  const before = await world.store.events.lastNumber();
  const undone = await stranger.transaction();
  await undone("event").insert(event);
  await undone.rollback();
  await sideBySide(
    (one) => one("event").insert({ ...event, kind: "first" }),
    (two) => two("event").insert({ ...event, kind: "second" }),
  );
  const events = await world.store.events.listAfter(before, 10);
  expect(events.map(({ number, kind }) => [number - before, kind])).toEqual([
    [1, "first"],
    [2, "second"],
  ]);
});

test("every text is compared byte by byte", async () => {
  const columns = await stranger("information_schema.columns")
    .where({ table_schema: "public", data_type: "text" })
    .where((of) => of.whereNull("collation_name").orWhereNot({ collation_name: "C" }))
    .whereNot({ table_name: "event" })
    .select<{ table_name: string; column_name: string }[]>("table_name", "column_name");
  expect(columns).toEqual([]);
});
