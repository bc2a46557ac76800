// Ends what was open of the rows whose journal entry was lost when the journal was cut. Called by
// journal-projection.ts, in its transaction.
import type { Knex } from "knex";
import type { AlarmCondition } from "../../contract/wire/alarm.ts";
import type { Command } from "../../contract/wire/command.ts";
import type { Transfer } from "../../contract/wire/mission.ts";
import type { FlightRecord } from "../domain/flight/flight-record.ts";
import { lostAlarm, lostCommand, lostFlight, lostTransfer } from "../domain/flight/record-lost.ts";
import { flightOfRow, writeFlight, type FlightRow } from "./flight-rows.ts";
import { writeOrder } from "./order-repository.ts";

/** All that was open of what a journal has lost, as it was ended. */
export interface LostThings {
  readonly alarms: readonly AlarmCondition[];
  readonly flights: readonly FlightRecord[];
  readonly commands: readonly Command[];
  readonly transfers: readonly Transfer[];
}

/** Ends what the node's entries after the number told of first. A second time nothing is open. */
export async function endLost(
  transaction: Knex.Transaction,
  node: string,
  number: number,
  atMs: number,
): Promise<LostThings> {
  const lost = (table: string): Knex.QueryBuilder =>
    transaction(table).where({ origin_node: node }).andWhere("origin_number", ">", number);
  await lost("session").whereNull("end_ms").update({ end_ms: atMs, end_reason: "recordLost" });
  return {
    alarms: await endAlarms(transaction, lost("alarm"), atMs),
    flights: await endFlights(transaction, lost("flight")),
    commands: await endOrders(transaction, lost, "drone_command", (one: Command) =>
      lostCommand(one, atMs),
    ),
    transfers: await endOrders(transaction, lost, "mission_transfer", (one: Transfer) =>
      lostTransfer(one, atMs),
    ),
  };
}

async function endAlarms(
  transaction: Knex.Transaction,
  lost: Knex.QueryBuilder,
  atMs: number,
): Promise<AlarmCondition[]> {
  const rows = (await lost.where({ state: "standing" })) as { condition: string }[];
  const ended = rows.flatMap(
    ({ condition }) => lostAlarm(JSON.parse(condition) as AlarmCondition, atMs) ?? [],
  );
  for (const condition of ended) {
    const { id, state, returnedAtMs } = condition;
    const columns = { state, returned_at_ms: returnedAtMs, condition: JSON.stringify(condition) };
    await transaction("alarm").where({ id }).update(columns);
  }
  return ended;
}

async function endFlights(
  transaction: Knex.Transaction,
  lost: Knex.QueryBuilder,
): Promise<FlightRecord[]> {
  const rows = (await lost.whereIn("state", ["flying", "landed"])) as FlightRow[];
  const ended = rows.flatMap((row) => lostFlight(flightOfRow(row)) ?? []);
  for (const record of ended) await writeFlight(transaction, record, undefined);
  return ended;
}

async function endOrders<One extends Command | Transfer>(
  transaction: Knex.Transaction,
  lost: (table: string) => Knex.QueryBuilder,
  table: "drone_command" | "mission_transfer",
  ended: (order: One) => One | undefined,
): Promise<One[]> {
  const rows = (await lost(table)) as { record: string }[];
  const all = rows.flatMap(({ record }) => ended(JSON.parse(record) as One) ?? []);
  for (const order of all) await writeOrder(transaction, table, order, undefined);
  return all;
}
