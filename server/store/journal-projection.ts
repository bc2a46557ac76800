// Journal entries into tables: what happened in the air, as the database shows it. Called by
// journal-flow in the order of the journal; projecting an entry twice changes nothing.
import type { Knex } from "knex";
import type { AlarmCondition } from "../../contract/wire/alarm.ts";
import type { Flight } from "../../contract/wire/flight.ts";
import type {
  JournalEntry,
  JournalEvent,
  JournalPosition,
} from "../../contract/wire/journal-event.ts";
import { flightAfter, flightIdOf } from "../domain/flight/flight-record.ts";
import type { Database } from "./database.ts";
import { appendEvent } from "./event-repository.ts";
import { readFlight, writeFlight } from "./flight-rows.ts";
import { writeOrder } from "./order-repository.ts";
import { originColumns, type JournalOrigin } from "./origin-columns.ts";
import { endLost, type LostThings } from "./lost-rows.ts";
import { chainSha256, chainStart, noSite } from "./seal-chain.ts";

export interface JournalProjection {
  /** How far the node's journal is projected. */
  cursor(node: string): Promise<JournalPosition>;
  /**
   * Goes on after this entry of this epoch: the node's journal is another, or was cut short. What
   * was open of the part that is gone is ended, as of `atMs`, and returned.
   */
  goOnFrom(node: string, position: JournalPosition, atMs: number): Promise<LostThings>;
  /**
   * Projects the entry and moves the cursor in one transaction.
   *
   * @returns "known" where it was projected before.
   * @throws where entries between the cursor and this one are missing.
   */
  project(entry: JournalEntry): Promise<"projected" | "known">;
}

export function createJournalProjection({ read, write }: Database): JournalProjection {
  return {
    cursor: (node) => readCursor(read, node),
    goOnFrom: (node, { epoch, number }, atMs) =>
      write.transaction(async (transaction) => {
        const row = { node, epoch, number };
        await transaction("journal_cursor").insert(row).onConflict("node").merge();
        // Numbers beyond are given again, and what they tell then is newer.
        await transaction("alarm")
          .where({ node })
          .andWhere("journal_number", ">", number)
          .update({ journal_number: number });
        return endLost(transaction, node, number, atMs);
      }),
    project: (entry) =>
      write.transaction(async (transaction) => {
        const { node, number } = entry;
        const { epoch, number: cursor } = await readCursor(transaction, node);
        if (number <= cursor) return "known";
        if (number !== cursor + 1) {
          throw new Error(`Journal of ${node}: entry ${cursor + 1} expected, ${number} found.`);
        }
        await projectEvent(transaction, entry, { node, epoch, number });
        await transaction("journal_cursor")
          .insert({ node, epoch, number })
          .onConflict("node")
          .merge();
        return "projected";
      }),
  };
}

interface CursorRow {
  node: string;
  epoch: string;
  number: number;
}

async function readCursor(knex: Knex, node: string): Promise<JournalPosition> {
  const row = await knex<CursorRow>("journal_cursor").where({ node }).first();
  return { epoch: row?.epoch ?? "", number: row?.number ?? 0 };
}

async function projectEvent(
  transaction: Knex.Transaction,
  entry: JournalEntry,
  origin: JournalOrigin,
): Promise<void> {
  const { event, atMs } = entry;
  let isNewAlarm = false;
  if (event.kind === "sessionOpened") await insertSession(transaction, event, origin);
  if (event.kind === "sessionClosed") await closeSession(transaction, event, atMs);
  if (event.kind === "alarmChanged") {
    isNewAlarm = await writeAlarm(transaction, event.condition, origin);
  }
  if (event.kind === "commandChanged") {
    await writeOrder(transaction, "drone_command", event.command, origin);
  }
  if (event.kind === "transferChanged") {
    await writeOrder(transaction, "mission_transfer", event.transfer, origin);
  }
  const flightId = flightIdOf(event);
  if (flightId === undefined) return;
  const before = await readFlight(transaction, flightId);
  const after = flightAfter(before, event, atMs, isNewAlarm);
  if (after === undefined || after === before) return;
  await writeFlight(transaction, after, origin);
  if (event.kind === "flightBound") {
    const { byUserId, binding } = event;
    const payload = { flightId, bookingId: binding.bookingId };
    await appendEvent(transaction, { atMs, byUserId, kind: "flightBound", payload });
  }
  if (event.kind === "flightSealed") {
    await appendSeal(transaction, after.flight, event.sha256, atMs);
  }
}

async function insertSession(
  transaction: Knex.Transaction,
  event: Extract<JournalEvent, { kind: "sessionOpened" }>,
  origin: JournalOrigin,
): Promise<void> {
  const { sessionId, vehicleKey, sysid, startMs } = event;
  const row = { id: sessionId, vehicle_key: vehicleKey, sysid, start_ms: startMs };
  await transaction("session")
    .where({ id: sessionId, end_reason: "recordLost" })
    .update({ end_ms: null, end_reason: null });
  await transaction("session")
    .insert({ ...row, ...originColumns(origin) })
    .onConflict("id")
    .ignore();
}

async function closeSession(
  transaction: Knex.Transaction,
  event: Extract<JournalEvent, { kind: "sessionClosed" }>,
  atMs: number,
): Promise<void> {
  const { sessionId, reason, recordBytes, byUserId } = event;
  const closed = await transaction("session")
    .where({ id: sessionId })
    .whereNull("end_ms")
    .update({ end_ms: atMs, end_reason: reason, record_bytes: recordBytes });
  if (closed === 0 || byUserId === undefined) return;
  await appendEvent(transaction, { atMs, byUserId, kind: "sessionClosed", payload: { sessionId } });
}

/** Returns true where the alarm was not there before. */
async function writeAlarm(
  transaction: Knex.Transaction,
  condition: AlarmCondition,
  origin: JournalOrigin,
): Promise<boolean> {
  const { node, number } = origin;
  const known = await transaction<{ id: string }>("alarm").where({ id: condition.id }).first();
  const row = {
    id: condition.id,
    node,
    journal_number: number,
    flight_id: condition.flightId,
    state: condition.state,
    last_raised_at_ms: condition.lastRaisedAtMs,
    returned_at_ms: condition.returnedAtMs,
    condition: JSON.stringify(condition),
  };
  await transaction("alarm")
    .insert({ ...row, ...originColumns(origin) })
    .onConflict("id")
    .merge(row);
  return known === undefined;
}

/** One chain a site, in the order of sealing. */
async function appendSeal(
  transaction: Knex.Transaction,
  flight: Flight,
  sha256: string,
  atMs: number,
): Promise<void> {
  const siteId = flight.siteId ?? noSite;
  const last = await transaction<{ seq: number; site_id: string; chain_sha256: string }>("seal")
    .where({ site_id: siteId })
    .orderBy("seq", "desc")
    .first();
  const previous = last?.chain_sha256 ?? chainStart;
  await transaction("seal").insert({
    site_id: siteId,
    flight_id: flight.id,
    sha256,
    previous_sha256: previous,
    chain_sha256: chainSha256(previous, flight.id, sha256),
    at_ms: atMs,
  });
}
