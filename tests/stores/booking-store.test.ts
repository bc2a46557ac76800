// The database against double bookings: races over several connections, and the guards by
// themselves.
import { afterEach, beforeEach, expect } from "vitest";
import type { BookOutcome } from "../../server/booking-flow.ts";
import type { Database } from "../../server/store/database.ts";
import {
  bookingRequest,
  box,
  createBookingWorld,
  islandRequest,
  minuteMs,
  openWorld,
  worldNowMs,
  type BookingWorld,
} from "../support/booking-world.ts";
import { overlapsIn } from "../support/overlap-sweep.ts";
import { isOnPostgres, test } from "../support/test-database.ts";

let world: BookingWorld;
const others: Database[] = [];

beforeEach(async () => {
  world = await createBookingWorld();
});
afterEach(async () => {
  for (const database of others.splice(0)) await database.close();
  await world.close();
});

async function secondConnection() {
  const second = await openWorld(world.made);
  others.push(second.database);
  return second;
}

function kinds(outcomes: readonly BookOutcome[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of outcomes) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

test("of two equal requests over two connections at once exactly one wins", async () => {
  const second = await secondConnection();
  const [harbour, island] = [
    await world.person("usr_operator"),
    await world.person("usr_operator2"),
  ];
  for (let round = 0; round < 10; round += 1) {
    const startMs = worldNowMs + (30 + 30 * round) * minuteMs;
    const window = { startMs, endMs: startMs + 30 * minuteMs };
    const outcomes = await Promise.all([
      world.service.book(harbour, bookingRequest(window)),
      second.service.book(island, islandRequest(window)),
    ]);
    expect(kinds(outcomes)).toEqual({ booked: 1, conflict: 1 });
  }
});

test("random requests over two connections leave no overlap, and every loser is told", async () => {
  const second = await secondConnection();
  const [harbour, island] = [
    await world.person("usr_operator"),
    await world.person("usr_operator2"),
  ];
  // A small linear congruential generator: the same requests every time.
  let state = 7;
  const below = (limit: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * limit);
  };
  const racers = Array.from({ length: 60 }, (_, index) => {
    const startMs = worldNowMs + (30 + below(20) * 10) * minuteMs;
    const polygon = box(5 + below(10), 5 + below(10), 3, 3);
    const change = {
      startMs,
      endMs: startMs + (10 + below(30)) * minuteMs,
      volumes: [
        {
          footprint: { kind: "polygon" as const, polygon },
          band: { reference: "AGL" as const, lowerM: 0, upperM: 50 },
        },
      ],
      resourceIds: [["res_pad1", "res_pad2"][below(2)] ?? "res_pad1"],
    };
    return index % 2 === 0
      ? world.service.book(harbour, bookingRequest({ ...change, aircraftIds: ["air_2"] }))
      : second.service.book(island, islandRequest(change));
  });
  const outcomes = await Promise.all(racers);
  const counts = kinds(outcomes);
  expect((counts["booked"] ?? 0) + (counts["conflict"] ?? 0)).toBe(60);
  expect(counts["booked"]).toBeGreaterThan(1);
  for (const outcome of outcomes) {
    if (outcome.kind === "conflict") expect(outcome.conflicts.length).toBeGreaterThan(0);
  }
  expect(await overlapsIn(world.database)).toEqual([]);
});

test("the guard refuses an allocation that overlaps, by insert and by update", async () => {
  const operator = await world.person("usr_operator");
  const outcome = await world.service.book(operator, bookingRequest());
  if (outcome.kind !== "booked") throw new Error(outcome.kind);
  const { id, startMs, endMs } = outcome.booking;
  const row = { booking_id: id, unit_kind: "resource", unit_id: "res_pad1", status: "held" };
  const { write } = world.database;
  await expect(
    write("allocation").insert({ ...row, start_ms: endMs - 1, end_ms: endMs + 1 }),
  ).rejects.toThrow("allocation overlaps");
  // Touching windows are apart.
  const touching = { start_ms: endMs, end_ms: endMs + 1000 };
  await write("allocation").insert({ ...row, ...touching });
  const freed = { start_ms: endMs + 1000, end_ms: endMs + 2000, status: "freed" };
  await write("allocation").insert({ ...row, ...freed });
  await expect(
    write("allocation")
      .where({ start_ms: freed.start_ms })
      .update({ start_ms: endMs + 999, status: "held" }),
  ).rejects.toThrow("allocation overlaps");
  // The one way around a refusal that each database offers.
  const rest = `INTO allocation (booking_id, unit_kind, unit_id, start_ms, end_ms, status)
    VALUES (?, 'resource', 'res_pad1', ?, ?, 'held')`;
  const way = isOnPostgres ? `INSERT ${rest} ON CONFLICT DO NOTHING` : `INSERT OR REPLACE ${rest}`;
  const insertion = Promise.resolve(write.raw(way, [id, startMs, endMs]));
  if (isOnPostgres) await insertion;
  else await expect(insertion).rejects.toThrow("allocation overlaps");
  expect(await overlapsIn(world.database)).toEqual([]);
  expect(await write("allocation").where({ booking_id: id, start_ms: startMs })).toHaveLength(3);
});

test("a booking is not born holding, and what is held is freed before it goes", async () => {
  const operator = await world.person("usr_operator");
  const outcome = await world.service.book(operator, bookingRequest());
  if (outcome.kind !== "booked") throw new Error(outcome.kind);
  const { id } = outcome.booking;
  const { write } = world.database;
  const row: object | undefined = await write("booking").where({ id }).first();
  for (const state of ["accepted", "activated", "nonconforming", "contingent"]) {
    await expect(write("booking").insert({ ...row, id: "bkg_born", state })).rejects.toThrow(
      "booking does not hold",
    );
  }
  await write("booking").insert({ ...row, id: "bkg_born", state: "requested" });
  const allocations = () => write("allocation").where({ booking_id: id });
  const volumes = () => write("booking_volume").where({ booking_id: id });
  await expect(allocations().delete()).rejects.toThrow("allocation is held");
  await expect(volumes().delete()).rejects.toThrow("volume is held");
  await write("booking").where({ id }).update({ state: "withdrawn" });
  await allocations().update({ status: "freed" });
  await volumes().update({ holding: false });
  expect(await allocations().delete()).toBeGreaterThan(0);
  expect(await volumes().delete()).toBe(1);
});

test("while a booking is accepted nothing of its holds goes or shrinks", async () => {
  const operator = await world.person("usr_operator");
  const outcome = await world.service.book(operator, bookingRequest());
  if (outcome.kind !== "booked") throw new Error(outcome.kind);
  const { id, startMs, endMs } = outcome.booking;
  const { write } = world.database;
  const refusal = "booking does not hold what its state says";
  const booking = () => write("booking").where({ id });
  const allocations = () => write("allocation").where({ booking_id: id });
  const volumes = () => write("booking_volume").where({ booking_id: id });
  const part = { booking_id: id, ordinal: 9 };
  for (const state of ["accepted", "activated", "nonconforming", "contingent"]) {
    await booking().update({ state });
    await expect(allocations().update({ status: "freed" })).rejects.toThrow(refusal);
    await expect(allocations().update({ end_ms: endMs - 1 })).rejects.toThrow(refusal);
    await expect(allocations().update({ unit_id: "another" })).rejects.toThrow(refusal);
    await expect(volumes().update({ holding: false })).rejects.toThrow(refusal);
    await expect(volumes().update({ upper_amsl_m: 1 })).rejects.toThrow(refusal);
    await expect(booking().update({ end_ms: endMs + 1 })).rejects.toThrow(refusal);
    await expect(booking().update({ start_ms: startMs - 1 })).rejects.toThrow(refusal);
    await expect(
      write("booking_aircraft").insert({ ...part, aircraft_id: "air_2" }),
    ).rejects.toThrow(refusal);
    await expect(
      write("booking_resource").insert({ ...part, resource_id: "res_pad2" }),
    ).rejects.toThrow(refusal);
    const volume: object | undefined = await volumes().first();
    await expect(write("booking_volume").insert({ ...volume, ordinal: 9 })).rejects.toThrow(
      refusal,
    );
  }
});

test("a booking is accepted only with each of its units held for its whole window", async () => {
  const operator = await world.person("usr_operator");
  const draft = await world.service.book(operator, bookingRequest({ draft: true }));
  if (draft.kind !== "booked") throw new Error(draft.kind);
  const { id, startMs, endMs } = draft.booking;
  const { write } = world.database;
  const airspace = (await write("airspace").first<{ version: number }>()).version;
  await write("booking_volume")
    .where({ booking_id: id })
    .update({ holding: true, airspace_version: airspace });
  const accept = () => write("booking").where({ id }).update({ state: "accepted" });
  const row = { booking_id: id, start_ms: startMs, end_ms: endMs, status: "held" };
  const units = [
    { unit_kind: "aircraft", unit_id: "air_1" },
    { unit_kind: "sysid", unit_id: "1" },
    { unit_kind: "resource", unit_id: "res_pad1" },
  ];
  for (const unit of units) {
    await expect(accept()).rejects.toThrow("does not hold");
    await write("allocation").insert({ ...row, ...unit, end_ms: endMs - 1 });
    await expect(accept()).rejects.toThrow("does not hold");
    await write("allocation").where(unit).update({ end_ms: endMs });
  }
  expect(await accept()).toBe(1);
});

test("the guard refuses a volume that takes airspace on stale knowledge", async () => {
  const operator = await world.person("usr_operator");
  const draft = await world.service.book(operator, bookingRequest({ draft: true }));
  if (draft.kind !== "booked") throw new Error(draft.kind);
  const { write } = world.database;
  const volume = write("booking_volume").where({ booking_id: draft.booking.id });
  const airspace = (await write("airspace").first<{ version: number }>()).version;
  await expect(
    volume.clone().update({ holding: true, airspace_version: airspace - 1 }),
  ).rejects.toThrow("airspace version is stale");
  await expect(
    write("booking").where({ id: draft.booking.id }).update({ state: "accepted" }),
  ).rejects.toThrow("does not hold");
  await volume.clone().update({ holding: true, airspace_version: airspace });
  await write("airspace").increment("version", 1);
  await expect(volume.clone().update({ upper_amsl_m: 70 })).rejects.toThrow("version is stale");
});

test("zone versions cannot be changed or deleted, only followed by another", async () => {
  const { write } = world.database;
  const refusal = "append-only";
  await expect(write("zone_version").update({ version: 9 })).rejects.toThrow(refusal);
  await expect(write("zone_version").delete()).rejects.toThrow(refusal);
  const [zone] = await world.store.sites.zones();
  if (zone === undefined) throw new Error("no zone");
  expect(await world.store.sites.appendZoneVersions([zone], worldNowMs)).toBe(0);
  const changed = { ...zone, source: "another source" };
  expect(await world.store.sites.appendZoneVersions([changed], worldNowMs)).toBe(1);
  const newest = (await world.store.sites.zones()).find(({ id }) => id === zone.id);
  expect(newest).toMatchObject({ version: 2, source: "another source" });
  expect(newest?.sha256).not.toBe(zone.sha256);
});

test("a booking decided while the airspace moves still ends in a verdict", async () => {
  const operator = await world.person("usr_operator");
  const [zone] = await world.store.sites.zones();
  if (zone === undefined) throw new Error("no zone");
  let edits = 0;
  const editor = { stop: false };
  const editing = (async () => {
    while (!editor.stop) {
      edits += 1;
      const edited = { ...zone, source: `edit ${String(edits)}` };
      await world.store.sites.appendZoneVersions([edited], worldNowMs);
    }
  })();
  const outcome = await world.service.book(operator, bookingRequest());
  editor.stop = true;
  await editing;
  expect(edits).toBeGreaterThan(0);
  expect(outcome.kind).toBe("booked");
});

test("a state that telemetry caused keeps its time to parts of a millisecond", async () => {
  const operator = await world.person("usr_operator");
  const outcome = await world.service.book(operator, bookingRequest());
  if (outcome.kind !== "booked") throw new Error(outcome.kind);
  const { id: bookingId } = outcome.booking;
  const step = { bookingId, to: "activated" as const, reason: "armed", atMs: worldNowMs + 0.5 };
  const activated = await world.service.recordTelemetryState(step);
  expect(activated?.history.at(-1)).toMatchObject({ to: "activated", atMs: worldNowMs + 0.5 });
});

test("every change that ingest must know of raises the plan's version", async () => {
  const operator = await world.person("usr_operator");
  const before = await world.service.planVersion();
  const outcome = await world.service.book(operator, bookingRequest());
  expect(outcome.kind).toBe("booked");
  const plan = await world.service.readWatchPlan();
  expect(plan.version).toBeGreaterThan(before);
  expect(plan.bookings).toHaveLength(1);
  expect(plan.bookings[0]).toMatchObject({
    state: "accepted",
    aircraft: [{ aircraftId: "air_1", sysid: 1 }],
    padIds: ["res_pad1"],
    pilotName: "Name of usr_pilot",
    contactPhone: "+852 1234 5678",
  });
  expect(plan.zones).toHaveLength(3);
});
