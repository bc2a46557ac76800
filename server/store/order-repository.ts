// Commands and transfers as they were projected from the journal. Called by the order boards at
// start, the routers, and the projection itself.
import type { Knex } from "knex";
import type { Command } from "../../contract/wire/command.ts";
import type { Transfer } from "../../contract/wire/mission.ts";
import type { Database } from "./database.ts";
import { originColumns, type JournalOrigin } from "./origin-columns.ts";

/** What both kinds of order have. */
type Order = Pick<Command, "id" | "vehicle" | "requestedAtMs" | "revision">;

export interface OrderFilter {
  /** Undefined: of all organisations. */
  readonly organisationId: string | undefined;
  readonly sessionId: string | undefined;
  readonly flightId: string | undefined;
}

/** Where a page of a list ended: orders are listed newest first, then by id. */
export interface OrderCursor {
  readonly requestedAtMs: number;
  readonly id: string;
}

export interface OrderRepository<One extends Order> {
  find(id: string): Promise<One | undefined>;
  /** Newest first. */
  list(filter: OrderFilter, after: OrderCursor | undefined, limit: number): Promise<One[]>;
}

export type OrderTable = "drone_command" | "mission_transfer";

interface OrderRow {
  id: string;
  revision: number;
  record: string;
}

export function createCommandRepository(database: Database): OrderRepository<Command> {
  return createOrderRepository<Command>(database, "drone_command");
}

export function createTransferRepository(database: Database): OrderRepository<Transfer> {
  return createOrderRepository<Transfer>(database, "mission_transfer");
}

function createOrderRepository<One extends Order>(
  { read }: Database,
  table: OrderTable,
): OrderRepository<One> {
  const toOrder = ({ record }: OrderRow): One => JSON.parse(record) as One;
  return {
    async find(id) {
      const row = await read<OrderRow>(table).where({ id }).first();
      return row && toOrder(row);
    },
    async list({ organisationId, sessionId, flightId }, after, limit) {
      const rows = (await read(table)
        .where((query) => {
          if (organisationId !== undefined) void query.where("organisation_id", organisationId);
          if (sessionId !== undefined) void query.where("session_id", sessionId);
          if (flightId !== undefined) void query.where("flight_id", flightId);
          if (after === undefined) return;
          const { requestedAtMs, id } = after;
          void query.whereRaw("(requested_at_ms, id) < (?, ?)", [requestedAtMs, id]);
        })
        .orderBy([
          { column: "requested_at_ms", order: "desc" },
          { column: "id", order: "desc" },
        ])
        .limit(limit)) as OrderRow[];
      return rows.map(toOrder);
    },
  };
}

/**
 * Keeps the newest revision; an older one, told again, changes nothing.
 *
 * @param origin The entry at hand: kept where it is the first of the order.
 */
export async function writeOrder(
  transaction: Knex.Transaction,
  table: OrderTable,
  order: Order,
  origin: JournalOrigin | undefined,
): Promise<void> {
  const { id, vehicle, requestedAtMs, revision } = order;
  const known = await transaction<OrderRow>(table).where({ id }).first();
  if (known !== undefined && known.revision >= revision) return;
  const row = {
    id,
    session_id: vehicle.sessionId,
    flight_id: vehicle.flightId,
    organisation_id: vehicle.organisationId,
    requested_at_ms: requestedAtMs,
    revision,
    record: JSON.stringify(order),
  };
  await transaction(table)
    .insert({ ...row, ...(origin && originColumns(origin)) })
    .onConflict("id")
    .merge(row);
}
