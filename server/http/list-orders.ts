// One page of a list of commands or transfers, newest first. Called by their routers.
import { z } from "zod";
import type { Person } from "../../contract/wire/account.ts";
import type { Command } from "../../contract/wire/command.ts";
import type { OrderCursor, OrderRepository } from "../store/order-repository.ts";
import { ownOrganisationOf } from "./own-organisation.ts";

const pageMax = 200;

export const ordersQuerySchema = z.strictObject({
  sessionId: z.string().max(60).optional(),
  flightId: z.string().max(60).optional(),
  limit: z.coerce.number().int().min(1).max(pageMax).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,16}_[a-z0-9_]+$/)
    .optional(),
});

type Order = Pick<Command, "id" | "vehicle" | "requestedAtMs" | "revision">;

export async function listOrders<One extends Order>(
  repository: OrderRepository<One>,
  { sessionId, flightId, limit, cursor }: z.infer<typeof ordersQuerySchema>,
  person: Person,
): Promise<{ orders: One[]; nextCursor: string | null }> {
  const filter = { organisationId: ownOrganisationOf(person), sessionId, flightId };
  const orders = await repository.list(filter, readCursor(cursor), limit);
  const last = orders.length < limit ? undefined : orders.at(-1);
  return { orders, nextCursor: last === undefined ? null : `${last.requestedAtMs}_${last.id}` };
}

function readCursor(text: string | undefined): OrderCursor | undefined {
  if (text === undefined) return undefined;
  const split = text.indexOf("_");
  return { requestedAtMs: Number(text.slice(0, split)), id: text.slice(split + 1) };
}
